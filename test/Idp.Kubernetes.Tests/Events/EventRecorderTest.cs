using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Events;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.Client;
using Idp.Kubernetes.Tests.ControlPlane;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Kubernetes.Tests.Events;

[Collection(ControlPlaneCollection.Name)]
public sealed class EventRecorderTest(ControlPlaneFixture controlPlane)
{
    private static readonly EventRecorderSettings Settings = new()
    {
        ReportingController = "idp.dev/idp-operator",
        ReportingInstance = "idp-operator-0",
    };

    private readonly ManualTime _time = new();

    [Fact]
    public async Task Event_SaysWhatHappenedToWhat()
    {
        var regarding = await NewReferenceAsync();
        var recorder = Recorder(controlPlane.Client);

        recorder.Publish(regarding, "RepositoryCreated", "Made acme/shop.");
        recorder.Publish(regarding, "RepositoryFailed", "No access.", EventType.Warning);
        await DrainAsync(recorder);

        var events = await EventsAsync(regarding.Namespace);
        events.Select(found => (Text(found, "reason"), Text(found, "note"), Text(found, "type"))).Should().BeEquivalentTo(
            [("RepositoryCreated", "Made acme/shop.", "Normal"), ("RepositoryFailed", "No access.", "Warning")]);
        events.Should().OnlyContain(found =>
            Text(found, "reportingController") == "idp.dev/idp-operator" && (string?)found["regarding"]!["uid"] == regarding.Uid);
    }

    /// <summary>R14: an event that happens again is a count in the one that is there, however its message changes.</summary>
    /// <param name="notesStay">Whether the server behaves as those of today: by the API that has notes, it lets nobody change one.</param>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ChangingMessages_MakeOneEvent(bool notesStay)
    {
        var regarding = await NewReferenceAsync();
        var recorder = Recorder(notesStay ? Before(RefuseOtherNotesAsync) : controlPlane.Client);
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            recorder.Publish(regarding, "Retrying", $"Attempt {attempt} failed.", EventType.Warning);
        }

        await DrainAsync(recorder);

        var single = (await EventsAsync(regarding.Namespace)).Should().ContainSingle().Subject;
        ((int?)single["series"]!["count"]).Should().Be(10);
        Text(single, "note").Should().Be("Attempt 10 failed.");
    }

    /// <summary>R14: what one object may cost is limited, and the count still comes through.</summary>
    [Fact]
    public async Task OneObject_CostsOnlySoManyWrites()
    {
        var regarding = await NewReferenceAsync();
        var other = await NewReferenceAsync();
        var writes = 0;
        var recorder = Recorder(Counting(() => writes++), Settings with { Burst = 3 });
        for (var attempt = 0; attempt < 50; attempt++)
        {
            recorder.Publish(regarding, "Retrying", "Again.");
        }

        await DrainAsync(recorder);
        var atFirst = writes;
        _time.Advance(TimeSpan.FromMinutes(5));
        recorder.Publish(regarding, "Retrying", "Again.");
        recorder.Publish(other, "Created", "Another object has its own budget.");
        await DrainAsync(recorder);

        atFirst.Should().Be(3);
        writes.Should().Be(5);
        recorder.Dropped.Should().Be(47);
        ((int?)(await EventsAsync(regarding.Namespace)).Single()["series"]!["count"]).Should().Be(51);
    }

    [Fact]
    public async Task AfterAWhileWithoutARepeat_ItIsANewEvent()
    {
        var regarding = await NewReferenceAsync();
        var recorder = Recorder(controlPlane.Client);

        recorder.Publish(regarding, "Synced", "First.");
        await DrainAsync(recorder);
        _time.Advance(TimeSpan.FromMinutes(6));
        recorder.Publish(regarding, "Synced", "Second.");
        await DrainAsync(recorder);

        (await EventsAsync(regarding.Namespace)).Should().HaveCount(2);
    }

    [Fact]
    public async Task EventThatWasDeleted_BeginsAnew()
    {
        var regarding = await NewReferenceAsync();
        var recorder = Recorder(controlPlane.Client);
        recorder.Publish(regarding, "Synced", "First.");
        await DrainAsync(recorder);
        var first = (await EventsAsync(regarding.Namespace)).Single();
        await controlPlane.Client.DeleteAsync(
            WellKnownKinds.Event, new ObjectKey(regarding.Namespace, (string)first["metadata"]!["name"]!), new DeleteOptions(), CancellationToken.None);

        recorder.Publish(regarding, "Synced", "Second.");
        await DrainAsync(recorder);

        Text((await EventsAsync(regarding.Namespace)).Single(), "note").Should().Be("Second.");
    }

    [Fact]
    public async Task EventOfAClusterScopedObject_IsInTheDefaultNamespace()
    {
        var live = await controlPlane.Client.GetAsync(
            WellKnownKinds.Namespace, new ObjectKey("", await controlPlane.NewNamespaceAsync()), CancellationToken.None);
        var recorder = Recorder(controlPlane.Client);

        recorder.Publish(ObjectReference.To(live.Kind, live.Metadata), "Labelled", "Yes.");
        await DrainAsync(recorder);

        recorder.Dropped.Should().Be(0);
        (await EventsAsync("default")).Should().Contain(found => (string?)found["regarding"]!["uid"] == live.Metadata.Uid);
    }

    [Fact]
    public async Task Note_IsCutAndHoldsNoCredential()
    {
        var regarding = await NewReferenceAsync();
        var recorder = Recorder(controlPlane.Client);

        recorder.Publish(regarding, "Failed", "https://me:pa55word@git.test refused " + new string('é', 2_000));
        await DrainAsync(recorder);

        var note = Text((await EventsAsync(regarding.Namespace)).Single(), "note");
        note.Should().NotContain("pa55word").And.EndWith("…");
        Encoding.UTF8.GetByteCount(note).Should().BeInRange(1_020, 1_024);
    }

    /// <summary>A reconcile neither waits for an event nor hears of its failure.</summary>
    [Fact]
    public async Task FullQueueAndFailingServer_AreCounted_NotThrown()
    {
        using var client = Answers.ClientOf(_ => throw new HttpRequestException("down"));
        var recorder = Recorder(client, Settings with { QueueLength = 5 });
        var regarding = new ObjectReference("v1", "ConfigMap", "x", "y", "z");

        for (var count = 0; count < 8; count++)
        {
            recorder.Publish(regarding, $"Reason{count}", "Message.");
        }

        var atOnce = recorder.Dropped;
        await DrainAsync(recorder);

        atOnce.Should().Be(3);
        recorder.Dropped.Should().Be(8);
    }

    [Fact]
    public async Task WhatNothingHappensToAnyMore_IsForgotten()
    {
        using var client = Counting(() => { });
        var recorder = Recorder(client);
        for (var number = 0; number < 5; number++)
        {
            recorder.Publish(await NewReferenceAsync(), "Happened", "Once.");
        }

        await DrainAsync(recorder);
        recorder.Remembered.Should().Be(10, "of each the event, and what it may still cost");
        _time.Advance(TimeSpan.FromHours(5));

        await Eventually.TrueAsync(() => recorder.Remembered == 0, "nothing remembered");
    }

    [Fact]
    public async Task Farewell_EndsWithinTwoSeconds()
    {
        using var client = Answers.ClientOf(async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return null;
        });
        var recorder = Recorder(client);
        recorder.Publish(new ObjectReference("v1", "ConfigMap", "x", "y", "z"), "Reason", "Message.");
        using var stop = new CancellationTokenSource();
        var running = recorder.RunAsync(stop.Token);

        await stop.CancelAsync();
        await _time.TimerWithinAsync(TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(2));

        await running.WaitAsync(ManualTime.Patience);
        recorder.Dropped.Should().Be(1);
    }

    [Theory]
    [InlineData("system:masters")]
    [InlineData("UPPER_case")]
    [InlineData("-.-")]
    public void NameOfAnEvent_IsAlwaysAValidName(string name)
    {
        var key = EventBody.NewKey(new ObjectReference("v1", "Thing", "", name, "uid"));

        key.Name.Should().MatchRegex("^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$");
        key.Name.Length.Should().BeLessThan(253);
    }

    private static string Text(JsonObject found, string field) => (string?)found[field] ?? "";

    private static async Task DrainAsync(EventRecorder recorder)
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await recorder.RunAsync(stop.Token);
    }

    private EventRecorder Recorder(KubeClient client, EventRecorderSettings? settings = null) =>
        new(client, settings ?? Settings, _time, NullLogger<EventRecorder>.Instance);

    private KubeClient Counting(Action wrote) => Before(request =>
    {
        if (request.Method != HttpMethod.Get)
        {
            wrote();
        }

        return Task.FromResult<HttpResponseMessage?>(null);
    });

    private KubeClient Before(Func<HttpRequestMessage, Task<HttpResponseMessage?>> script) =>
        KubeClient.Create(controlPlane.Config, [new Intercept((request, _) => script(request))]);

    private static async Task<HttpResponseMessage?> RefuseOtherNotesAsync(HttpRequestMessage request)
    {
        var changesNote = request.Method == HttpMethod.Patch
            && request.RequestUri!.AbsolutePath.StartsWith("/apis/events.k8s.io/", StringComparison.Ordinal)
            && (await request.Content!.ReadAsStringAsync()).Contains("/note", StringComparison.Ordinal);
        return changesNote ? Answers.Json(
            """{"kind":"Status","status":"Failure","reason":"Invalid","code":422,"message":"message: Invalid value: field is immutable"}""", HttpStatusCode.UnprocessableEntity) : null;
    }

    private async Task<ObjectReference> NewReferenceAsync()
    {
        var inNamespace = await controlPlane.NewNamespaceAsync();
        return new ObjectReference("idp.dev/v1alpha1", "BackendApp", inNamespace, "shop", Guid.NewGuid().ToString());
    }

    private async Task<IReadOnlyList<JsonObject>> EventsAsync(string inNamespace)
    {
        var page = await controlPlane.Client.ListPageAsync(WellKnownKinds.Event, new ListOptions { Namespace = inNamespace }, CancellationToken.None);
        return [.. page.Items.Select(item => item.ToJson())];
    }
}
