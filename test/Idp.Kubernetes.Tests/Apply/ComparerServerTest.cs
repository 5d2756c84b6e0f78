using Idp.Kubernetes.Tests.ControlPlane;
using Idp.Kubernetes.Tests.Models;
using Xunit.Abstractions;

namespace Idp.Kubernetes.Tests.Apply;

/// <summary>Random intents over random foreign changes, of many kinds, on a real API server.</summary>
[Collection(ControlPlaneCollection.Name)]
public sealed class ComparerServerTest(ControlPlaneFixture controlPlane, ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [OnControlPlane]
    [OnCrdServer]
    public async Task TheComparer_SaysWhatTheServerWouldDo(TestServer on)
    {
        using var patience = new CancellationTokenSource(Patience);
        var server = await controlPlane.OnAsync(on);

        await CheckAsync(200, server, await IntentKinds.InstallOwnAsync(server.Client, withBuiltIn: on == TestServer.ControlPlane, patience.Token));
    }

    [TheoryWith(Needs.UpstreamDefinitions)]
    [OnControlPlane]
    [OnCrdServer]
    public async Task TheComparer_SaysIt_OfTheKindsOfOtherProjects(TestServer on)
    {
        using var patience = new CancellationTokenSource(Patience);
        var server = await controlPlane.OnAsync(on);

        await CheckAsync(100, server, await IntentKinds.InstallUpstreamAsync(server.Client, patience.Token));
    }

    private async Task CheckAsync(int times, ApiServer server, IReadOnlyList<IntentKind> kinds)
    {
        var both = new ComparerBesideServer(server.Config, await server.NewNamespaceAsync());

        RandomTest.Check(times, Encounter.Of(kinds), encounter => both.TryAsync(encounter).GetAwaiter().GetResult());

        output.WriteLine(string.Join(", ", both.Accepted.Select(kind => $"{kind.Key} {kind.Value}")));
        output.WriteLine($"would change: {both.Answers[true]}, would not: {both.Answers[false]}");
        both.Accepted.Keys.Should().BeEquivalentTo(kinds.Select(kind => $"{kind}"), "intents of every kind are let through");
        both.Answers[true].Should().BePositive();
        both.Answers[false].Should().BePositive();
    }
}
