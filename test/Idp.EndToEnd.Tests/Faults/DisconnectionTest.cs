using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Testing.Proxy;

namespace Idp.EndToEnd.Tests.Faults;

/// <summary>Whatever happened while the operator could see nothing is carried out when it sees again.</summary>
[Collection(FaultyWorld.Name)]
public sealed class DisconnectionTest(FaultyPlatform platform) : IDisposable
{
    private const string Apps = "backendapps";

    public void Dispose()
    {
        platform.Proxy.Before = null;
        platform.Proxy.Heal();
    }

    [Theory]
    [InlineData("kept")]
    [InlineData("gone")]
    public async Task WhatIsMadeChangedAndDeletedMeanwhileIsSeenAfterwards(string history)
    {
        var turmoil = await Turmoil.PrepareAsync(platform, $"away-{history}");
        var watches = platform.Proxy.OpenWatches;
        var checkpoint = new Checkpoint(request => request.IsWatch || request.IsList);
        platform.Proxy.Before = checkpoint.PassAsync;
        platform.Proxy.CutConnections();
        await checkpoint.ReachedAsync();

        await turmoil.StirAsync();
        await platform.Client.DeleteAsync(
            WellKnownKinds.LimitRange, new ObjectKey(turmoil.Changed.In("staging"), "idp-defaults"), new DeleteOptions(), CancellationToken.None);
        foreach (var watch in history == "gone" ? watches : [])
        {
            platform.Proxy.Add(new ProxyFault
            {
                Matches = request => request.IsWatch && request.Path == watch.Path,
                Answer = ProxyAnswer.Refusal(410, "Expired"),
            });
        }

        checkpoint.Open();
        await turmoil.SettleAsync();

        (await platform.FindAsync(WellKnownKinds.LimitRange, turmoil.Changed.In("staging"), "idp-defaults")).Should().NotBeNull();
        turmoil.Reads(Apps).Select(request => request.Status).Should().Equal(history == "gone" ? [410, 200, 200] : [200]);
        turmoil.Reads(Apps).Count(request => request.IsList).Should().Be(history == "gone" ? 1 : 0);
        await turmoil.ExpectNoNeedlessWriteAsync("PATCH limitranges");
    }

    [Fact]
    public async Task AnApiServerThatIsKilledAndStartedAgainIsTheSameWorld()
    {
        var turmoil = await Turmoil.PrepareAsync(platform, "killed");
        await platform.Sandbox.ControlPlane.KillApiServerAsync(CancellationToken.None);
        await platform.Sandbox.ControlPlane.RestartAsync(CancellationToken.None);

        await turmoil.StirAsync();
        await turmoil.SettleAsync();

        turmoil.Reads(Apps).Should().HaveCountLessThan(10, "it is asked for with growing pauses");
        await turmoil.ExpectNoNeedlessWriteAsync();
    }

    /// <remarks>
    /// Nothing tells of such a connection: no byte comes, and none that is sent is refused. HTTP/2's pings find it out
    /// after 30 and 15 seconds, as they do for client-go. A single watch that is silent on a connection that is well is
    /// given up after its five minutes: Idp.Kubernetes.Tests tries that with a clock of its own.
    /// </remarks>
    [Fact]
    public async Task AConnectionThatIsDeadWithoutAWordIsFoundOutAndReplaced()
    {
        var turmoil = await Turmoil.PrepareAsync(platform, "silent");
        var mark = platform.Proxy.LastNumber;
        platform.Proxy.HangConnections();

        await turmoil.StirAsync();
        await platform.UntilAsync(mark, "a watch on a new connection", request => request.IsWatch && request.Status == 200);
        await turmoil.SettleAsync();

        turmoil.Reads(Apps).Should().HaveCountLessThan(5);
        await turmoil.ExpectNoNeedlessWriteAsync();
    }
}
