using Idp.Kubernetes.Tests.ControlPlane;
using Idp.Kubernetes.Tests.Models;
using Xunit.Abstractions;

namespace Idp.Kubernetes.Tests.Controllers;

/// <summary>Random intents over random foreign changes, of many kinds, on a real API server.</summary>
[Collection(ControlPlaneCollection.Name)]
public sealed class ComparerServerTest(ControlPlaneFixture controlPlane, ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task TheComparer_SaysWhatTheServerWouldDo()
    {
        using var patience = new CancellationTokenSource(Patience);

        await CheckAsync(200, await IntentKinds.InstallOwnAsync(controlPlane.Client, patience.Token));
    }

    [FactWith(Needs.UpstreamDefinitions)]
    public async Task TheComparer_SaysIt_OfTheKindsOfOtherProjects()
    {
        using var patience = new CancellationTokenSource(Patience);

        await CheckAsync(100, await IntentKinds.InstallUpstreamAsync(controlPlane.Client, patience.Token));
    }

    private async Task CheckAsync(int times, IReadOnlyList<IntentKind> kinds)
    {
        var both = new ComparerBesideServer(controlPlane.Config, await controlPlane.NewNamespaceAsync());

        RandomTest.Check(times, Encounter.Of(kinds), encounter => both.TryAsync(encounter).GetAwaiter().GetResult());

        output.WriteLine(string.Join(", ", both.Accepted.Select(kind => $"{kind.Key} {kind.Value}")));
        output.WriteLine($"would change: {both.Answers[true]}, would not: {both.Answers[false]}");
        both.Accepted.Keys.Should().BeEquivalentTo(kinds.Select(kind => $"{kind}"), "intents of every kind are let through");
        both.Answers[true].Should().BePositive();
        both.Answers[false].Should().BePositive();
    }
}
