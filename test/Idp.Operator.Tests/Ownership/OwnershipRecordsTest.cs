using System.Text;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Operator.Repositories;
using Idp.Operator.Tests.ApplicationEnvironments.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Operator.Tests.Ownership;

/// <summary>The operator's keys and its record of adoptions, on a real API server.</summary>
[Collection(ServerCollection.Name)]
public sealed class OwnershipRecordsTest(ServerFixture server) : IAsyncLifetime
{
    private static readonly TimeSpan KeysServe = TimeSpan.FromMinutes(1);
    private static readonly CancellationToken Never = CancellationToken.None;
    private readonly ManualTime _clock = new();
    private readonly string _home = $"records-{Guid.NewGuid():N}"[..20];

    private ObjectKey Key => new(_home, OwnershipRecords.KeyName);

    private ObjectKey Adoptions => new(_home, OwnershipRecords.AdoptionsName);

    public Task InitializeAsync() => server.NamespaceAsync(_home, Never);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task TheKey_IsMadeOnce_WhoeverAsksFirst_AndKnownAfterARestart()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Records().GetKeysAsync(Never)));

        var signature = all[0].Sign("acme/shop");
        all.Select(keys => keys.Verify(signature, "acme/shop")).Should().AllBeEquivalentTo(true);
        (await Records().GetKeysAsync(Never)).Verify(signature, "acme/shop").Should().BeTrue();
        (await server.Client.GetAsync(WellKnownKinds.Secret, Key, Never)).ToJson()["type"]!.ToString().Should().Be("Opaque");
    }

    [Fact]
    public async Task ANewKeyInFront_SignsWithinAMinute_AndTheOldOneVerifiesForAsLongAsItIsThere()
    {
        var records = Records();
        var old = (await records.GetKeysAsync(Never)).Sign("acme/shop");
        var oldLine = await ReadKeysAsync();
        var newLine = OwnershipKeys.NewText();

        await WriteKeysAsync(newLine + oldLine);
        _clock.Advance(KeysServe);

        var both = await records.GetKeysAsync(Never);
        both.Verify(old, "acme/shop").Should().BeTrue();
        OwnershipKeys.Read(newLine)!.Verify(both.Sign("acme/shop"), "acme/shop").Should().BeTrue("the first one signs");

        await WriteKeysAsync(newLine);
        _clock.Advance(KeysServe);
        (await records.GetKeysAsync(Never)).Verify(old, "acme/shop").Should().BeFalse("the leaked one is out");
    }

    [Theory]
    [InlineData("")]
    [InlineData("c2hvcnQ=\n")]
    [InlineData("not Base64\n")]
    public async Task ASecretWithoutAKey_DecidesNothing_AndIsNotWrittenOver_UntilItIsRestored(string text)
    {
        var records = Records();
        var signature = (await records.GetKeysAsync(Never)).Sign("acme/shop");
        var backup = await ReadKeysAsync();
        await WriteKeysAsync(text);
        _clock.Advance(KeysServe);

        (await records.Awaiting(asked => asked.GetKeysAsync(Never)).Should().ThrowAsync<OwnershipUnknownException>())
            .Which.Message.Should().Contain($"Secret {_home}/{OwnershipRecords.KeyName}").And.Contain("backup");
        (await ReadKeysAsync()).Should().Be(text);

        await WriteKeysAsync(backup);
        (await records.GetKeysAsync(Never)).Verify(signature, "acme/shop").Should().BeTrue();
    }

    [Fact]
    public async Task WithoutTheRight_NothingIsDecided_AndTheMessageNamesTheObject()
    {
        using var nobody = server.CreateNobodysClient();
        var records = Records(nobody);

        (await records.Awaiting(asked => asked.GetKeysAsync(Never)).Should().ThrowAsync<OwnershipUnknownException>())
            .Which.Message.Should().Contain($"Secret {_home}/{OwnershipRecords.KeyName}").And.Contain("forbidden");
        (await records.Awaiting(asked => asked.FindAdopterAsync(1, Never)).Should().ThrowAsync<OwnershipUnknownException>())
            .Which.Message.Should().Contain($"ConfigMap {_home}/{OwnershipRecords.AdoptionsName}").And.Contain("forbidden");
        (await records.Awaiting(asked => asked.RecordAdoptionAsync(1, null, "team-a/shop", Never)).Should().ThrowAsync<OwnershipUnknownException>())
            .Which.Message.Should().Contain($"ConfigMap {_home}/{OwnershipRecords.AdoptionsName}");
    }

    [Fact]
    public async Task WhoOnlyLooks_NeedsNoRight_AndMakesNothing()
    {
        using var nobody = server.CreateNobodysClient();
        foreach (var client in (KubeClient[])[nobody, server.Client])
        {
            var records = new OwnershipRecords(client, _home, _clock, NullLogger<OwnershipRecords>.Instance) { MakesKey = false };

            (await records.GetKeysAsync(Never)).Should().NotBeNull();
            (await records.FindAdopterAsync(1, Never)).Should().BeNull();
        }

        (await server.Client.FindAsync(WellKnownKinds.Secret, Key, Never)).Should().BeNull();
    }

    [Fact]
    public async Task AnAdoption_IsRecorded_OnlyWhereItIsStillAsItWasWhenItWasDecided()
    {
        var records = Records();

        (await records.RecordAdoptionAsync(7, null, "team-a/shop", Never)).Should().BeTrue();
        (await records.RecordAdoptionAsync(7, null, "team-b/shop", Never)).Should().BeFalse("somebody was faster");
        (await Records().FindAdopterAsync(7, Never)).Should().Be("team-a/shop");
        (await records.RecordAdoptionAsync(7, "team-a/shop", "team-b/shop", Never)).Should().BeTrue();
        (await records.FindAdopterAsync(7, Never)).Should().Be("team-b/shop");
        (await records.FindAdopterAsync(8, Never)).Should().BeNull();
    }

    [Fact]
    public async Task ManyAtOnce_LoseNothing_AndOfTwoForOneRepositoryOneWins()
    {
        var different = await Task.WhenAll(Enumerable.Range(1, 4).Select(id => Records().RecordAdoptionAsync(id, null, $"team-{id}/shop", Never)));
        var same = await Task.WhenAll(Enumerable.Range(1, 4).Select(team => Records().RecordAdoptionAsync(9, null, $"team-{team}/shop", Never)));

        different.Should().AllBeEquivalentTo(true);
        same.Count(recorded => recorded).Should().Be(1);
        for (var id = 1; id <= 4; id++)
        {
            (await Records().FindAdopterAsync(id, Never)).Should().Be($"team-{id}/shop");
        }
    }

    [Fact]
    public async Task AFullRecord_TakesNoMore_ButChanges_AndTakesMoreOnceSomethingIsTakenOut()
    {
        var data = new JsonObject(Enumerable.Range(1, OwnershipRecords.MaxAdoptions).Select(id => KeyValuePair.Create($"{id}", (JsonNode?)"team-a/shop")));
        await server.Client.CreateAsync(WellKnownKinds.ConfigMap, Body("ConfigMap", Adoptions, "data", data), Never);
        var records = Records();

        (await records.Awaiting(asked => asked.RecordAdoptionAsync(9_999, null, "team-b/shop", Never)).Should().ThrowAsync<OwnershipUnknownException>())
            .Which.Message.Should().Contain($"{OwnershipRecords.MaxAdoptions}").And.Contain("take out");
        (await records.FindAdopterAsync(9_999, Never)).Should().BeNull();
        (await records.RecordAdoptionAsync(1, "team-a/shop", "team-b/shop", Never)).Should().BeTrue();
        await server.Client.PatchAsync(WellKnownKinds.ConfigMap, Adoptions, new JsonPatch().Remove("/data/2"), Never);
        (await records.RecordAdoptionAsync(9_999, null, "team-b/shop", Never)).Should().BeTrue();
        (await records.FindAdopterAsync(3, Never)).Should().Be("team-a/shop", "all others are kept");
    }

    private OwnershipRecords Records(KubeClient? client = null) => new(client ?? server.Client, _home, _clock, NullLogger<OwnershipRecords>.Instance);

    private async Task<string> ReadKeysAsync() => Encoding.UTF8.GetString(Convert.FromBase64String(
        (await server.Client.GetAsync(WellKnownKinds.Secret, Key, Never)).ToJson()["data"]!["keys"]!.ToString()));

    private Task<KubeObject> WriteKeysAsync(string text) => server.Client.PatchAsync(
        WellKnownKinds.Secret, Key, new JsonPatch().Replace("/data/keys", Convert.ToBase64String(Encoding.UTF8.GetBytes(text))), Never);

    private static JsonObject Body(string kind, ObjectKey key, string field, JsonObject data) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace },
        [field] = data,
    };
}
