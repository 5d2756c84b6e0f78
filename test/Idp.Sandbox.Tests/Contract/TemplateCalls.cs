using System.Net;
using Idp.GitHub;

namespace Idp.Sandbox.Tests.Contract;

/// <summary>Repositories that are made from a template; a part of <see cref="ContractCalls"/>.</summary>
internal static class TemplateCalls
{
    public static IReadOnlyList<ContractCall> All { get; } =
    [
        new("generate", async session =>
        {
            await MakeTemplateAsync(session, "generate-template");
            var made = await GenerateAsync(session, "generate-template", "generate");
            (await session.Client.FindGeneratedHeadAsync(made, default)).Should().NotBeNull();
            (await session.Client.ReadFileAsync(made, "a", null, 4_000_000, default)).Should().Be("b");
            (await session.Client.FindRepositoryAsync(made.Id, default))!.Description.Should().Be("From a template");
        }),
        new("generate-taken", async session =>
        {
            await MakeTemplateAsync(session, "generate-taken");
            await RefusedAsync<NameTakenException>(
                GenerateAsync(session, "generate-taken", "generate-taken"), HttpStatusCode.UnprocessableEntity);
        }),
        new("generate-from-none", async session =>
        {
            await session.CreateAsync("generate-from-none");
            await RefusedAsync<GitHubNotFoundException>(
                GenerateAsync(session, "generate-from-none", "generated-from-none"), HttpStatusCode.NotFound);
        }),
    ];

    private static async Task MakeTemplateAsync(ContractSession session, string name)
    {
        var template = await session.CreateAsync(name);
        var file = new FileCommit { Author = FileCalls.Author, Path = "a", Message = "Write a", Content = "b"u8.ToArray() };
        await session.Client.CommitFileAsync(template, file, default);
        (await session.AskAsync("PATCH", $"repos/acme/{name}", """{"is_template":true}""")).Status.Should().Be(200);
    }

    private static Task<Repository> GenerateAsync(ContractSession session, string template, string name) => session.Client.GenerateRepositoryAsync(
        "acme", template, "acme", new NewRepository { Name = name, Description = "From a template" }, default);

    private static async Task RefusedAsync<T>(Task call, HttpStatusCode status)
        where T : GitHubException
    {
        var thrown = await FluentActions.Awaiting(() => call).Should().ThrowAsync<T>();
        thrown.Which.StatusCode.Should().Be(status);
    }
}
