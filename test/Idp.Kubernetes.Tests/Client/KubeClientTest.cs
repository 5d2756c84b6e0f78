using System.Net;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.ControlPlane;

namespace Idp.Kubernetes.Tests.Client;

[Collection(ControlPlaneCollection.Name)]
public sealed class KubeClientTest(ControlPlaneFixture controlPlane)
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly ResourceKind Unserved = new("nobody.idp.dev", "v1", "Ghost", "ghosts");
    private static readonly ApplyOptions Ours = new() { FieldManager = "tests" };
    private readonly KubeClient _client = controlPlane.Client;

    [Fact]
    public async Task AppliedObject_CanBeReadBack()
    {
        var key = await NewKeyAsync();

        var first = await _client.ApplyAsync(WellKnownKinds.ConfigMap, Settings(key, "a"), Ours, Never);
        var second = await _client.ApplyAsync(WellKnownKinds.ConfigMap, Settings(key, "b"), Ours, Never);

        (first.Created, second.Created).Should().Be((true, false));
        ValueOf(await _client.GetAsync(WellKnownKinds.ConfigMap, key, Never)).Should().Be("b");
    }

    [Fact]
    public async Task DryRun_LeavesTheWorldAsItIs()
    {
        var key = await NewKeyAsync();

        var applied = await _client.ApplyAsync(WellKnownKinds.ConfigMap, Settings(key, "a"), Ours with { DryRun = true }, Never);

        applied.Object.Key.Should().Be(key);
        (await _client.FindAsync(WellKnownKinds.ConfigMap, key, Never)).Should().BeNull();
    }

    [Fact]
    public async Task FieldOfSomebodyElse_IsAConflict_AndTakenByForce()
    {
        var key = await NewKeyAsync();
        await _client.ApplyAsync(WellKnownKinds.ConfigMap, Settings(key, "theirs"), new ApplyOptions { FieldManager = "them" }, Never);

        await Applying(key, Ours).Should().ThrowAsync<ConflictException>();
        await Applying(key, Ours with { Force = true }).Should().NotThrowAsync();

        ValueOf(await _client.GetAsync(WellKnownKinds.ConfigMap, key, Never)).Should().Be("ours");
    }

    [Fact]
    public async Task UidOfAnotherObject_RefusesTheApply()
    {
        var key = await NewKeyAsync();
        var body = Settings(key, "a");
        body["metadata"]!["uid"] = "11111111-2222-3333-4444-555555555555";

        var applying = () => _client.ApplyAsync(WellKnownKinds.ConfigMap, body, Ours with { Force = true }, Never);

        await applying.Should().ThrowAsync<ConflictException>();
        (await _client.FindAsync(WellKnownKinds.ConfigMap, key, Never)).Should().BeNull();
    }

    /// <summary>R13: a kind that is not served is told apart from an object that is not there, without reading messages.</summary>
    [Fact]
    public async Task UnservedKind_IsSaidByType_WhereverItIsAskedFor()
    {
        var key = await NewKeyAsync();
        var inServedGroup = WellKnownKinds.Deployment with { Plural = "ghosts" };
        var body = new JsonObject { ["apiVersion"] = Unserved.ApiVersion, ["kind"] = "Ghost", ["metadata"] = MetadataOf(key) };

        await _client.Awaiting(client => client.FindAsync(Unserved, key, Never)).Should().ThrowAsync<KindNotFoundException>();
        await _client.Awaiting(client => client.FindAsync(inServedGroup, key, Never)).Should().ThrowAsync<KindNotFoundException>();
        await _client.Awaiting(client => client.ListPageAsync(Unserved, new ListOptions(), Never)).Should().ThrowAsync<KindNotFoundException>();
        await _client.Awaiting(client => client.WatchAsync(Unserved, new WatchOptions { ResourceVersion = "1" }, Never))
            .Should().ThrowAsync<KindNotFoundException>();
        await _client.Awaiting(client => client.ApplyAsync(Unserved, body, Ours, Never)).Should().ThrowAsync<KindNotFoundException>();
        await _client.Awaiting(client => client.DeleteAsync(Unserved, key, new DeleteOptions(), Never)).Should().ThrowAsync<KindNotFoundException>();
    }

    [Fact]
    public async Task MissingNamespace_IsNotFound_NotAMissingKind()
    {
        var applying = Applying(new ObjectKey("nowhere", "web"), Ours);

        (await applying.Should().ThrowAsync<NotFoundException>()).Which.Status.Details!.Kind.Should().Be("namespaces");
    }

    [Fact]
    public async Task InvalidObject_IsRefusedInTheServersWords()
    {
        var key = await NewKeyAsync();
        var body = Settings(key, "a");
        body["data"]!["not/a/key"] = "x";

        var refusal = await _client.Awaiting(client => client.ApplyAsync(WellKnownKinds.ConfigMap, body, Ours, Never))
            .Should().ThrowAsync<InvalidException>();

        refusal.Which.Status.Details!.Causes.Should().ContainSingle().Which.Field.Should().Be("data[not/a/key]");
        refusal.Which.Message.Should().StartWith($"PATCH ConfigMap {key}: ");
    }

    /// <summary>R12: lists come in pages.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task List_GoesThroughAllPages(bool metadataOnly)
    {
        var inNamespace = await controlPlane.NewNamespaceAsync();
        for (var index = 0; index < 7; index++)
        {
            await _client.CreateAsync(WellKnownKinds.Secret, Labelled(new ObjectKey(inNamespace, $"s{index}")), Never);
        }

        var options = new ListOptions { Namespace = inNamespace, LabelSelector = "tests=yes", Limit = 3, MetadataOnly = metadataOnly };
        var page = await _client.ListPageAsync(WellKnownKinds.Secret, options, Never);
        var names = new List<string>();
        await foreach (var item in _client.ListAsync(WellKnownKinds.Secret, options, Never))
        {
            names.Add(item.Metadata.Name);
            item.ToJson().ContainsKey("data").Should().Be(!metadataOnly);
        }

        page.Items.Should().HaveCount(3);
        page.Continue.Should().NotBeNull();
        page.ResourceVersion.Should().NotBeEmpty();
        names.Should().Equal("s0", "s1", "s2", "s3", "s4", "s5", "s6");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Watch_ShowsEveryChangeSinceTheList(bool metadataOnly)
    {
        var key = await NewKeyAsync();
        var page = await _client.ListPageAsync(WellKnownKinds.ConfigMap, new ListOptions { Namespace = key.Namespace }, Never);
        await _client.ApplyAsync(WellKnownKinds.ConfigMap, Settings(key, "a"), Ours, Never);
        await _client.ApplyAsync(WellKnownKinds.ConfigMap, Settings(key, "b"), Ours, Never);
        await _client.DeleteAsync(WellKnownKinds.ConfigMap, key, new DeleteOptions(), Never);

        var options = new WatchOptions
        {
            ResourceVersion = page.ResourceVersion,
            Namespace = key.Namespace,
            FieldSelector = "metadata.name=settings",
            MetadataOnly = metadataOnly,
            ServerTimeout = TimeSpan.FromSeconds(1),
        };
        await using var stream = await _client.WatchAsync(WellKnownKinds.ConfigMap, options, Never);
        var seen = new List<WatchEventType>();
        await foreach (var happened in stream)
        {
            seen.Add(happened.Type);
            (metadataOnly && happened.Object.ToJson().ContainsKey("data")).Should().BeFalse();
        }

        seen.Where(type => type != WatchEventType.Bookmark).Should().Equal(
            WatchEventType.Added, WatchEventType.Modified, WatchEventType.Deleted);
    }

    /// <summary>R8, D7: a finalizer goes by patch with a test; nobody else's can be hit.</summary>
    [Fact]
    public async Task PatchWithATest_TakesOnlyItsOwnFinalizer()
    {
        var key = await NewKeyAsync();
        var body = Settings(key, "a");
        body["metadata"]!["finalizers"] = new JsonArray("other.dev/one", "tests.idp.dev/two");
        await _client.CreateAsync(WellKnownKinds.ConfigMap, body, Never);

        var wrong = new JsonPatch().Test("/metadata/finalizers/0", "tests.idp.dev/two").Remove("/metadata/finalizers/0");
        var right = new JsonPatch().Test("/metadata/finalizers/1", "tests.idp.dev/two").Remove("/metadata/finalizers/1");

        await _client.Awaiting(client => client.PatchAsync(WellKnownKinds.ConfigMap, key, wrong, Never)).Should().ThrowAsync<InvalidException>();
        var left = await _client.PatchAsync(WellKnownKinds.ConfigMap, key, right, Never);

        left.Metadata.Finalizers.Should().Equal("other.dev/one");
        await _client.PatchAsync(WellKnownKinds.ConfigMap, key, new JsonPatch().Remove("/metadata/finalizers"), Never);
    }

    [Fact]
    public async Task Delete_HitsOnlyTheObjectThatWasMeant()
    {
        var key = await NewKeyAsync();
        var applied = await _client.ApplyAsync(WellKnownKinds.ConfigMap, Settings(key, "a"), Ours, Never);
        var another = new DeleteOptions { Uid = "11111111-2222-3333-4444-555555555555" };

        await _client.Awaiting(client => client.DeleteAsync(WellKnownKinds.ConfigMap, key, another, Never)).Should().ThrowAsync<ConflictException>();
        var first = await _client.DeleteAsync(WellKnownKinds.ConfigMap, key, new DeleteOptions { Uid = applied.Object.Metadata.Uid }, Never);
        var second = await _client.DeleteAsync(WellKnownKinds.ConfigMap, key, new DeleteOptions(), Never);

        (first, second).Should().Be((true, false));
    }

    [Fact]
    public async Task OldVersion_CannotReplaceANewerOne()
    {
        var key = await NewKeyAsync();
        var old = await _client.CreateAsync(WellKnownKinds.ConfigMap, Settings(key, "a"), Never);
        await _client.ReplaceAsync(WellKnownKinds.ConfigMap, old.ToJson(), Never);
        await _client.ApplyAsync(WellKnownKinds.ConfigMap, Settings(key, "b"), Ours with { Force = true }, Never);

        await _client.Awaiting(client => client.ReplaceAsync(WellKnownKinds.ConfigMap, old.ToJson(), Never)).Should().ThrowAsync<ConflictException>();
        await _client.Awaiting(client => client.CreateAsync(WellKnownKinds.ConfigMap, Settings(key, "a"), Never)).Should().ThrowAsync<AlreadyExistsException>();
    }

    /// <summary>A server that does not know strict validation does not look at the parameter: every test of this class on 1.20 shows it.</summary>
    [Fact]
    public async Task StrictValidation_IsAskedFor_ByEveryWriteOfAnObject()
    {
        var writes = new List<string>();
        using var client = Answers.ClientOf(request =>
        {
            writes.Add(request.RequestUri!.Query);
            return Answers.Json("""{"metadata":{"name":"a"}}""");
        });
        var key = new ObjectKey("x", "a");

        await client.ApplyAsync(WellKnownKinds.ConfigMap, Settings(key, "v"), Ours, Never);
        await client.CreateAsync(WellKnownKinds.ConfigMap, Settings(key, "v"), Never);
        await client.ReplaceAsync(WellKnownKinds.ConfigMap, Settings(key, "v"), Never);
        await client.PatchAsync(WellKnownKinds.ConfigMap, key, new JsonPatch().Remove("/data"), Never);

        writes.Should().HaveCount(4).And.OnlyContain(query => query.Contains("fieldValidation=Strict", StringComparison.Ordinal));
    }

    /// <summary>R12, R15: no request waits for ever.</summary>
    [Fact]
    public async Task SilentServer_IsUnavailableAfterTheTimeout()
    {
        var time = new ManualTime();
        using var client = Answers.ClientOf(
            async (_, cancellationToken) =>
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return null;
            },
            new KubeClientSettings { Clock = time });
        var asking = client.FindAsync(WellKnownKinds.ConfigMap, new ObjectKey("x", "a"), Never);

        await time.TimerWithinAsync(TimeSpan.FromSeconds(30));
        time.Advance(TimeSpan.FromSeconds(30));

        await asking.Awaiting(task => task).Should().ThrowAsync<UnavailableException>();
    }

    [Fact]
    public async Task CancelledRequest_IsCancelled_NotUnavailable()
    {
        using var client = Answers.ClientOf(async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return null;
        });
        using var stop = new CancellationTokenSource();
        var asking = client.FindAsync(WellKnownKinds.ConfigMap, new ObjectKey("x", "a"), stop.Token);

        await stop.CancelAsync();

        await asking.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task UnreachableServer_IsUnavailable()
    {
        using var client = Answers.ClientOf(_ => throw new HttpRequestException("refused"));

        await client.Awaiting(asked => asked.FindAsync(WellKnownKinds.ConfigMap, new ObjectKey("x", "a"), Never))
            .Should().ThrowAsync<UnavailableException>();
    }

    [Theory]
    [InlineData("<html>log in</html>")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task AnswerOfSomethingElse_IsUnavailable_AndNoEmptyList(string answer)
    {
        using var client = Answers.ClientOf(_ => Answers.Text(answer, HttpStatusCode.OK));

        await client.Awaiting(asked => asked.FindAsync(WellKnownKinds.ConfigMap, new ObjectKey("x", "a"), Never))
            .Should().ThrowAsync<UnavailableException>();
        await client.Awaiting(asked => asked.ListPageAsync(WellKnownKinds.ConfigMap, new ListOptions(), Never))
            .Should().ThrowAsync<UnavailableException>();
    }

    [Fact]
    public async Task RetryAfterHeader_IsKept()
    {
        using var client = Answers.ClientOf(_ =>
        {
            var answer = Answers.Text("slow down", HttpStatusCode.TooManyRequests);
            answer.Headers.RetryAfter = new(TimeSpan.FromSeconds(4));
            return answer;
        });

        (await client.Awaiting(asked => asked.FindAsync(WellKnownKinds.ConfigMap, new ObjectKey("x", "a"), Never))
            .Should().ThrowAsync<TooManyRequestsException>()).Which.RetryAfter.Should().Be(TimeSpan.FromSeconds(4));
    }

    private static JsonObject Settings(ObjectKey key, string value) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = MetadataOf(key),
        ["data"] = new JsonObject { ["value"] = value },
    };

    private static JsonObject Labelled(ObjectKey key)
    {
        var metadata = MetadataOf(key);
        metadata["labels"] = new JsonObject { ["tests"] = "yes" };
        return new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Secret", ["metadata"] = metadata, ["data"] = new JsonObject { ["a"] = "YQ==" } };
    }

    private static JsonObject MetadataOf(ObjectKey key) => new() { ["name"] = key.Name, ["namespace"] = key.Namespace };

    private static string? ValueOf(KubeObject settings) => (string?)settings.ToJson()["data"]!["value"];

    private async Task<ObjectKey> NewKeyAsync() => new(await controlPlane.NewNamespaceAsync(), "settings");

    private Func<Task> Applying(ObjectKey key, ApplyOptions options) =>
        () => _client.ApplyAsync(WellKnownKinds.ConfigMap, Settings(key, "ours"), options, Never);
}
