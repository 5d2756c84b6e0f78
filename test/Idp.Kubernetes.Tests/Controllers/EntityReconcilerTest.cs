using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static Idp.Kubernetes.Tests.Cache.Objects;

namespace Idp.Kubernetes.Tests.Controllers;

public sealed class EntityReconcilerTest : IDisposable
{
    private const string Ours = "test.idp.dev/ours";
    private const string Second = "test.idp.dev/second";
    private const string Foreign = "argocd.argoproj.io/foreign";

    private readonly Store _store;
    private readonly Log _log = new();
    private readonly List<string> _patches = [];
    private readonly ServiceProvider _services;
    private readonly EntityReconciler<Widget> _reconciler;
    private Func<KubeObject, KubeObject> _server = live => live;
    private int _version = 100;

    public EntityReconcilerTest()
    {
        var informers = new Informers(request => new Informer(
            request, new Cache.ScriptedSource(), new ManualTime(), NullLogger.Instance));
        informers.Add(Widgets);
        _store = informers.All.Single().Store;
        _services = new ServiceCollection()
            .AddSingleton(_log)
            .AddScoped<IEntityController<Widget>, Recorder>()
            .AddKeyedTransient<IEntityFinalizer<Widget>, Cleaner>(Ours)
            .AddKeyedTransient<IEntityFinalizer<Widget>, Cleaner>(Second)
            .AddScoped<IMalformedEntityHandler<Widget>, Teller>()
            .BuildServiceProvider(validateScopes: true);
        _reconciler = new EntityReconciler<Widget>(
            informers,
            new Finalizers(PatchAsync, informers),
            [Ours, Second],
            _services.GetRequiredService<IServiceScopeFactory>(),
            NullLogger.Instance);
        _store.Replace([], "1");
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task EveryRegisteredFinalizer_IsAddedBehindTheOthers_BeforeAnythingElse()
    {
        Put(finalizers: [Foreign]);
        _server = _ => Widget("a", ++_version, change: json => WithFinalizers(json, [Foreign, Ours, Second]));

        (await ReconcileAsync()).Outcome.Should().Be(ReconcileOutcome.Success);

        _log.Should().Equal(["reconcile 1"], "it goes on with the object as it is then");
        _patches.Should().ContainSingle().Which.Should().Be(
            """
            [{"op":"test","path":"/metadata/uid","value":"uid-a"},{"op":"test","path":"/metadata/finalizers","value":["argocd.argoproj.io/foreign"]},{"op":"add","path":"/metadata/finalizers/-","value":"test.idp.dev/ours"},{"op":"add","path":"/metadata/finalizers/-","value":"test.idp.dev/second"}]
            """);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task ObjectThatIsAnotherAfterItsFinalizersWereAdded_ComesBack(bool deleting, int size)
    {
        Put(finalizers: []);
        _server = _ => Widget("a", ++_version, change: json =>
        {
            WithFinalizers(json, [Ours, Second], deleting);
            json["spec"] = size == 0 ? "no object" : json["spec"]?.DeepClone();
        });

        (await ReconcileAsync()).Should().Be(ReconcileResult.After(TimeSpan.Zero));

        _log.Should().BeEmpty();
    }

    [Fact]
    public async Task FinalizersThatMovedMeanwhile_AreAQuietRetry()
    {
        Put(finalizers: []);
        _server = _ => throw Error(422);

        (await ReconcileAsync()).Outcome.Should().Be(ReconcileOutcome.Conflict);
    }

    [Fact]
    public async Task ObjectThatTheServerFindsInvalid_IsAFailure()
    {
        Put(finalizers: []);
        _server = _ => throw Errors.From("PATCH", new KubeStatus
        {
            Code = 422,
            Details = new KubeStatusDetails { Causes = [new KubeStatusCause { Field = "spec.size" }] },
        });

        await FluentActions.Awaiting(ReconcileAsync).Should().ThrowAsync<InvalidException>();
    }

    [Fact]
    public async Task ForeignFinalizerInFront_DoesNotStallOurs()
    {
        Put(finalizers: [Foreign, Ours], deleting: true);
        _server = _ => Widget("a", ++_version, change: json => WithFinalizers(json, [Foreign], deleting: true));

        (await ReconcileAsync()).Outcome.Should().Be(ReconcileOutcome.Success);

        _log.Should().Equal("finalize 1");
        _patches.Should().ContainSingle().Which.Should().Be(
            """
            [{"op":"test","path":"/metadata/uid","value":"uid-a"},{"op":"test","path":"/metadata/finalizers/1","value":"test.idp.dev/ours"},{"op":"remove","path":"/metadata/finalizers/1"}]
            """);
        (await ReconcileAsync()).Outcome.Should().Be(ReconcileOutcome.Success);
        _log.Should().Equal(["finalize 1"], "what is left is not ours");
    }

    [Fact]
    public async Task TerminatingAtStart_IsFinalized_NotReconciled()
    {
        Put(finalizers: [Second], deleting: true);

        await ReconcileAsync();

        _log.Should().Equal("finalize 1");
    }

    [Theory]
    [InlineData("wait", ReconcileOutcome.Waiting)]
    [InlineData("fail", ReconcileOutcome.Failed)]
    [InlineData("stall", ReconcileOutcome.Stalled)]
    public async Task FinalizerThatIsNotDone_KeepsTheObject(string how, ReconcileOutcome outcome)
    {
        Put(finalizers: [Ours, Second], deleting: true);
        _log.Answer = how;

        (await ReconcileAsync()).Outcome.Should().Be(outcome);

        _patches.Should().BeEmpty();
        _log.Should().Equal(["finalize 1"], "the second waits for the first");
    }

    [Fact]
    public async Task SeveralFinalizers_RunInTheirOrder()
    {
        Put(finalizers: [Second, Foreign, Ours], deleting: true);
        _server = live => Widget("a", ++_version, change: json => WithFinalizers(
            json, [.. live.Metadata.Finalizers.Take(2)], deleting: true));

        await ReconcileAsync();

        _log.Should().Equal("finalize 1", "finalize 1");
        _patches.Should().HaveCount(2);
        _patches[0].Should().Contain("/metadata/finalizers/2");
        _patches[1].Should().Contain("/metadata/finalizers/0");
    }

    [Fact]
    public async Task RequeueAfterDeletion_IsForgotten_AndDeletionIsToldOnce()
    {
        Put();
        await ReconcileAsync();
        Delete();

        (await ReconcileAsync()).Should().Be(ReconcileResult.Success);
        (await ReconcileAsync()).Should().Be(ReconcileResult.Success);

        _log.Should().Equal("reconcile 1", "deleted 1");
    }

    [Fact]
    public async Task DeletionThatCouldNotBeHandled_IsToldAgain()
    {
        Put();
        await ReconcileAsync();
        Delete();
        _log.Answer = "fail";
        (await ReconcileAsync()).Outcome.Should().Be(ReconcileOutcome.Failed);
        _log.Answer = "";

        await ReconcileAsync();

        _log.Should().Equal("reconcile 1", "deleted 1", "deleted 1");
    }

    [Fact]
    public async Task DeleteAndRecreate_TellsTheOldOne_AndReconcilesTheNew()
    {
        Put();
        await ReconcileAsync();
        Delete();
        Put(uid: "second", size: 2);

        await ReconcileAsync();

        _log.Should().Equal("reconcile 1", "deleted 1", "reconcile 2");
    }

    [Fact]
    public async Task KeyThatWasNeverSeen_IsNothing()
    {
        (await ReconcileAsync()).Should().Be(ReconcileResult.Success);

        _log.Should().BeEmpty();
    }

    [Fact]
    public async Task ObjectThatDoesNotFitItsType_IsTold_WithThePath_AndNeverReconciled()
    {
        _store.Apply(Added(Widget("a", ++_version, change: json => json["spec"]!["size"] = "large")));

        var result = await ReconcileAsync();

        result.Outcome.Should().Be(ReconcileOutcome.Stalled);
        _log.Should().Equal("malformed $.spec.size");
    }

    private Task<ReconcileResult> ReconcileAsync() => _reconciler.ReconcileAsync(Key("a"), CancellationToken.None);

    private void Put(string[]? finalizers = null, bool deleting = false, string? uid = null, int size = 1) =>
        _store.Apply(Modified(Widget("a", ++_version, uid, change: json =>
        {
            WithFinalizers(json, finalizers ?? [Ours, Second], deleting);
            json["spec"]!["size"] = size;
        })));

    private void Delete() => _store.Apply(Deleted(Widget("a", ++_version)));

    private static void WithFinalizers(JsonObject json, string[] finalizers, bool deleting = false)
    {
        json["metadata"]!["finalizers"] = new JsonArray([.. finalizers.Select(name => (JsonNode)name)]);
        if (deleting)
        {
            json["metadata"]!["deletionTimestamp"] = "2026-01-01T00:00:00Z";
        }
    }

    private Task<KubeObject> PatchAsync(ResourceKind kind, ObjectKey key, JsonPatch patch, CancellationToken cancellationToken)
    {
        _patches.Add(patch.ToJson().ToJsonString());
        return Task.FromResult(_server(_store.Find(key)!));
    }

    private sealed class Log : List<string>
    {
        public string Answer { get; set; } = "";

        public ReconciliationResult<Widget> Result(Widget entity) => Answer switch
        {
            "wait" => ReconciliationResult<Widget>.Waiting(entity, TimeSpan.FromSeconds(5), "for the database"),
            "fail" => ReconciliationResult<Widget>.Failure(entity, "broken"),
            "stall" => ReconciliationResult<Widget>.Stalled(entity, "DeletionBlocked", "the policy says no"),
            _ => ReconciliationResult<Widget>.Success(entity),
        };
    }

    private sealed class Recorder(Log log) : IEntityController<Widget>
    {
        public Task<ReconciliationResult<Widget>> ReconcileAsync(Widget entity, CancellationToken cancellationToken)
        {
            log.Add($"reconcile {entity.Spec.Size}");
            return Task.FromResult(log.Result(entity));
        }

        public Task<ReconciliationResult<Widget>> DeletedAsync(Widget entity, CancellationToken cancellationToken)
        {
            log.Add($"deleted {entity.Spec.Size}");
            return Task.FromResult(log.Result(entity));
        }
    }

    private sealed class Cleaner(Log log) : IEntityFinalizer<Widget>
    {
        public Task<ReconciliationResult<Widget>> FinalizeAsync(Widget entity, CancellationToken cancellationToken)
        {
            log.Add($"finalize {entity.Spec.Size}");
            return Task.FromResult(log.Result(entity));
        }
    }

    private sealed class Teller(Log log) : IMalformedEntityHandler<Widget>
    {
        public Task HandleAsync(KubeObject live, JsonException problem, CancellationToken cancellationToken)
        {
            log.Add($"malformed {problem.Path}");
            return Task.CompletedTask;
        }
    }
}
