using System.Net;
using Idp.GitHub;

namespace Idp.Sandbox.Tests.Contract;

/// <summary>Expects that a call is refused.</summary>
internal static class Refusal
{
    /// <summary>Waits for the exception of that meaning, which came of that status.</summary>
    public static async Task OfAsync<T>(Task call, HttpStatusCode? status)
        where T : GitHubException
    {
        var thrown = await FluentActions.Awaiting(() => call).Should().ThrowAsync<T>();
        thrown.Which.StatusCode.Should().Be(status);
    }
}
