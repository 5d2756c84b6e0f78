using Idp.Testing.Proxy;

namespace Idp.EndToEnd.Tests.Faults;

/// <summary>Lists that take their time, and lists whose rest is lost.</summary>
[Collection(FaultyWorld.Name)]
public sealed class ListTest(FaultyPlatform platform) : IDisposable
{
    private const string Apps = "backendapps";

    public void Dispose() => (platform.Proxy.Before, platform.Proxy.After) = (null, null);

    [Fact]
    public async Task WhatHappensWhileASlowListIsOnItsWayIsNotLost()
    {
        var turmoil = await Turmoil.PrepareAsync(platform, "slow");
        var checkpoint = new Checkpoint(request => request.IsList && request.Resource == Apps);
        platform.Proxy.After = checkpoint.PassAsync;
        ForgetHistory();
        await checkpoint.ReachedAsync();

        await turmoil.StirAsync();
        checkpoint.Open();
        await turmoil.SettleAsync();

        turmoil.Reads(Apps).Select(request => request.IsList).Should().Equal(true, false);
        await turmoil.ExpectNoNeedlessWriteAsync();
    }

    [Fact]
    public async Task AListWhosePagesExpireIsBegunAgain()
    {
        var turmoil = await Turmoil.PrepareAsync(platform, "pages");
        platform.Proxy.Before = request =>
        {
            request.Query = request.Query.Replace("limit=500", "limit=1", StringComparison.Ordinal);
            return ValueTask.CompletedTask;
        };
        platform.Proxy.Add(new ProxyFault { Matches = IsFurtherPage, Answer = ProxyAnswer.Refusal(410, "Expired") });
        ForgetHistory();

        await turmoil.StirAsync();
        await turmoil.SettleAsync();

        var pages = turmoil.Reads(Apps).TakeWhile(request => request.IsList).ToList();
        var expired = pages.FindIndex(page => page.Status == 410);
        IsFurtherPage(pages[expired]).Should().BeTrue();
        IsFurtherPage(pages[expired + 1]).Should().BeFalse("half a list and another half make no whole");
        (pages[expired + 1].Time - pages[expired].Time).Should().BeGreaterThan(TimeSpan.FromSeconds(1), "the second 410 in a row is no reason to hurry");
        pages.Skip(expired + 1).Should().HaveCountGreaterThan(1).And.OnlyContain(page => page.Status == 200);
        await turmoil.ExpectNoNeedlessWriteAsync();
    }

    private static bool IsFurtherPage(ProxiedRequest request) =>
        request.IsList && request.Resource == Apps && request.Query.Contains("continue=", StringComparison.Ordinal);

    private void ForgetHistory() => platform.Proxy
        .Play(request => request.IsWatch && request.Resource == Apps, WatchStep.SendError(410, "Expired"), WatchStep.End)
        .Should().Be(1);
}
