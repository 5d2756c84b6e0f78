using System.Text.Json.Nodes;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Kubernetes.Tests.Apply;

/// <summary>Asks the comparer and the server the same: would an apply change anything?</summary>
internal sealed class ComparerBesideServer(KubeConfig config, string inNamespace)
{
    private const string Label = "idp.dev/environment";
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly Ownership Us = new("us", new Dictionary<string, string> { [Label] = "x" });
    private readonly KubeClient _somebody = KubeClient.Create(config, new KubeClientSettings { UserAgent = "somebody" });
    private readonly MemoryReader _memory = new();
    private int _names;
    private int _writes;

    /// <summary>How many intents the server let through, by kind.</summary>
    public Dictionary<string, int> Accepted { get; } = [];

    /// <summary>How often the answer was that an apply changes something, and how often that it does not.</summary>
    public Dictionary<bool, int> Answers { get; } = new() { [true] = 0, [false] = 0 };

    public async Task TryAsync(Encounter encounter)
    {
        var applier = NewApplier();
        var key = new ObjectKey(encounter.Kind.Kind.Namespaced ? inNamespace : "", $"{inNamespace}-{++_names}");
        var first = Named(encounter.Kind.Kind, key, encounter.Kind.Complete(encounter.First));
        if (!await ApplyAsync(applier, first))
        {
            return;
        }

        Accepted[$"{encounter.Kind}"] = Accepted.GetValueOrDefault($"{encounter.Kind}") + 1;
        foreach (var change in encounter.Changes)
        {
            await DisturbAsync(encounter.Kind.Kind, key, change);
        }

        var next = Named(encounter.Kind.Kind, key, encounter.Kind.Complete(encounter.Next));
        var (live, changes) = await AskServerAsync(next);
        _memory.Observe(live);
        if (changes is { } expected)
        {
            var differences = Comparer.Compare(next.Body, live, Us.FieldManager);
            Answers[expected]++;
            (differences.Count > 0).Should().Be(expected, $"that is the server's answer; the comparer says: {string.Join(", ", differences)}; live is {live.ToJson().ToJsonString()}");
        }

        await ApplyAsync(applier, next);
    }

    /// <summary>Applies; then there is no difference, and to apply again is no request.</summary>
    /// <returns>False where the server refuses the intent.</returns>
    private async Task<bool> ApplyAsync(Applier applier, DesiredObject wanted)
    {
        var applied = (await applier.ApplyAsync(Us, [wanted], [], Never)).Objects.Single();
        if (!applied.Succeeded && await IsRefusedAsync(wanted))
        {
            return false;
        }

        applied.Succeeded.Should().BeTrue(applied.Message);
        Comparer.Compare(wanted.Body, applied.Live!, Us.FieldManager).Should().BeEmpty($"it was applied just now, and is {applied.Live!.ToJson().ToJsonString()}");
        var writes = _writes;
        (await applier.ApplyAsync(Us, [wanted], [], Never)).Objects.Single().Outcome.Should().Be(ApplyOutcome.Unchanged);
        _writes.Should().Be(writes, "what is as wanted is not written");
        return true;
    }

    private async Task DisturbAsync(ResourceKind kind, ObjectKey key, ForeignChange change)
    {
        var live = (await _somebody.GetAsync(kind, key, Never)).ToJson();
        try
        {
            if (change.ByApply)
            {
                var body = Named(kind, key, Encounter.Cross([], change.Sample, new Random(change.Seed))).Body;
                await _somebody.ApplyAsync(kind, body, new ApplyOptions { FieldManager = "somebody", Force = true }, Never);
            }
            else
            {
                await _somebody.ReplaceAsync(kind, Mixed(live, change), Never);
            }
        }
        catch (KubeException)
        {
            // Refused: then they do nothing.
        }
    }

    private static JsonObject Mixed(JsonObject live, ForeignChange change)
    {
        var random = new Random(change.Seed);
        var mixed = live.DeepClone().AsObject();
        foreach (var (name, value) in change.Sample)
        {
            mixed[name] = (name, live[name], value, random.Next(3)) switch
            {
                ("metadata", JsonObject mine, JsonObject theirs, _) => Metadata(mine, theirs, random),
                (_, JsonObject mine, _, 0) => Encounter.LessOne(mine, random),
                (_, { } mine, _, 1) => Encounter.Beside(mine, value),
                (_, JsonObject mine, JsonObject theirs, _) => Encounter.Cross(mine, theirs, random),
                _ => value?.DeepClone(),
            };
        }

        return mixed;
    }

    private static JsonObject Metadata(JsonObject live, JsonObject theirs, Random random)
    {
        var mixed = live.DeepClone().AsObject();
        foreach (var (name, value) in theirs)
        {
            mixed[name] = Encounter.Cross(live[name] as JsonObject ?? [], value!.AsObject(), random);
        }

        var labels = mixed["labels"] as JsonObject ?? [];
        labels[Label] = "x";
        mixed["labels"] = labels.Parent is null ? labels : labels.DeepClone();
        return mixed;
    }

    /// <summary>Whether the server says that an apply would change the object; null where it refuses it.</summary>
    private async Task<(KubeObject Live, bool? Changes)> AskServerAsync(DesiredObject next)
    {
        while (true)
        {
            var live = await _somebody.GetAsync(next.Kind, next.Key, Never);
            bool? changes = await IsRefusedAsync(next) ? null : !JsonNode.DeepEquals(Essence(await TrialAsync(next)), Essence(live));

            // Kubernetes' own controllers may have written meanwhile: then the question is put again.
            if ((await _somebody.GetAsync(next.Kind, next.Key, Never)).Metadata.ResourceVersion == live.Metadata.ResourceVersion)
            {
                return (live, changes);
            }
        }
    }

    private async Task<bool> IsRefusedAsync(DesiredObject wanted)
    {
        try
        {
            await TrialAsync(wanted);
            return false;
        }
        catch (KubeException)
        {
            return true;
        }
    }

    private async Task<KubeObject> TrialAsync(DesiredObject wanted)
    {
        var options = new ApplyOptions { FieldManager = Us.FieldManager, Force = true, DryRun = true };
        return (await _somebody.ApplyAsync(wanted.Kind, Intent.WithoutNulls(wanted.Body), options, Never)).Object;
    }

    /// <summary>What an apply may change: values and whose they are, not when.</summary>
    private static JsonObject Essence(KubeObject item)
    {
        var json = item.ToJson();
        var metadata = json["metadata"]!.AsObject();
        metadata.Remove("resourceVersion");
        metadata.Remove("generation");
        var managers = (metadata["managedFields"] as JsonArray ?? []).Select(manager => manager!.DeepClone().AsObject()).ToList();
        managers.ForEach(manager => manager.Remove("time"));
        metadata["managedFields"] = new JsonArray([.. managers.OrderBy(manager => manager.ToJsonString(), StringComparer.Ordinal)]);
        return json;
    }

    private static DesiredObject Named(ResourceKind kind, ObjectKey key, JsonObject intent)
    {
        var body = intent.DeepClone().AsObject();
        var metadata = body["metadata"] as JsonObject ?? [];
        var labels = metadata["labels"] as JsonObject ?? [];
        labels[Label] = "x";
        (body["apiVersion"], body["kind"], body["metadata"]) = (kind.ApiVersion, kind.Kind, metadata.DeepClone());
        (body["metadata"]!["name"], body["metadata"]!["labels"]) = (key.Name, labels.DeepClone());
        if (kind.Namespaced)
        {
            body["metadata"]!["namespace"] = key.Namespace;
        }

        return new DesiredObject(kind, body);
    }

    private Applier NewApplier()
    {
        var handler = new Intercept((request, _) =>
        {
            _writes += request.Method == HttpMethod.Get ? 0 : 1;
            return Task.FromResult<HttpResponseMessage?>(null);
        });
        var client = KubeClient.Create(config, [handler]);
        return new Applier(client, _memory, _memory, TimeProvider.System, NullLogger<Applier>.Instance);
    }
}
