using System.Collections.Concurrent;
using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.StandIns.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Sandbox.Demo;

/// <summary>Watches our two kinds, tells every condition that changes, and waits for what the demo waits for.</summary>
internal sealed class Onlooker : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string> _told = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _news = new(0);
    private readonly Narrator _narrator;
    private readonly WorldView _view;

    public Onlooker(KubeClient client, Narrator narrator, TimeProvider clock)
    {
        _narrator = narrator;
        _view = new WorldView(client, clock, NullLogger<WorldView>.Instance);
        _view.Changed += OnChanged;
    }

    /// <summary>All applications as they are now.</summary>
    public IReadOnlyList<BackendApp> Applications => [.. Read(BackendApp.JsonType)];

    /// <summary>All environments as they are now.</summary>
    public IReadOnlyList<ApplicationEnvironment> Environments => [.. Read(ApplicationEnvironment.JsonType)];

    /// <summary>Begins to watch.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Task.WhenAll(
        _view.EnsureAsync(BackendApp.ResourceKind, cancellationToken),
        _view.EnsureAsync(ApplicationEnvironment.ResourceKind, cancellationToken));

    /// <summary>Waits until the condition holds, asking it again after each change.</summary>
    public async Task UntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (!condition())
        {
            await _news.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Whether everything that was applied is there and ready for its newest generation.</summary>
    public bool AllReady(IReadOnlyCollection<ObjectKey> expected)
    {
        var ready = Applications.Where(IsReady).Select(item => item.Metadata.Key)
            .Concat(Environments.Where(IsReady).Select(item => item.Metadata.Key))
            .ToHashSet();
        return expected.All(ready.Contains) && Applications.All(IsReady) && Environments.All(IsReady);
    }

    /// <summary>How many of the objects are ready.</summary>
    public string Progress()
    {
        var (applications, environments) = (Applications, Environments);
        return $"{applications.Count(IsReady) + environments.Count(IsReady)} of {applications.Count + environments.Count} objects ready";
    }

    /// <summary>Every condition of every object that is not as it should be, for people.</summary>
    public IEnumerable<string> Complaints() =>
        Applications.SelectMany(item => Complaints("BackendApp", item.Metadata, item.Status.Conditions))
            .Concat(Environments.SelectMany(
                item => Complaints("ApplicationEnvironment", item.Metadata, item.Status.Conditions)));

    public async ValueTask DisposeAsync()
    {
        _view.Changed -= OnChanged;
        await _view.DisposeAsync();
        _news.Dispose();
    }

    private static bool IsReady(BackendApp item) => IsReady(item.Metadata, item.Status.Conditions);

    private static bool IsReady(ApplicationEnvironment item) => IsReady(item.Metadata, item.Status.Conditions);

    private static bool IsReady(ObjectMeta metadata, IReadOnlyList<Condition> conditions) => conditions.Any(
        condition => condition is { Type: "Ready", Status: ConditionStatus.True }
            && condition.ObservedGeneration == metadata.Generation);

    private static IEnumerable<string> Complaints(string kind, ObjectMeta metadata, IReadOnlyList<Condition> conditions) =>
        conditions.Count == 0
            ? [$"{kind} {metadata.Key} has no conditions yet"]
            : conditions
                .Where(condition => (condition.Status == ConditionStatus.True) == (condition.Type is "Stalled" or "Reconciling"))
                .Select(condition => $"{kind} {metadata.Key} {Describe(condition)}");

    private static string Describe(Condition condition) =>
        $"{condition.Type}={condition.Status} {condition.Reason}"
        + (condition.Message.Length > 0 ? $": {condition.Message}" : "");

    // What only repeats another condition, or says that nothing was asked for, is left out of the tale.
    private static bool IsEcho(Condition condition) =>
        condition.Type == "Reconciling"
        || condition.Reason == "NotRequested"
        || (condition.Type is "Ready" or "EnvironmentsReady" && condition.Status != ConditionStatus.True && condition.Reason != "Deleting")
        || (condition.Type != "Ready" && condition.Reason == "Deleting");

    private IEnumerable<T> Read<T>(System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class, IKubernetesEntity<T> => _view.List(T.ResourceKind).Select(item => item.Deserialize(type));

    private void OnChanged(KubeObject changed)
    {
        if (_view.Find(changed.Kind, changed.Key) is null)
        {
            _narrator.Say($"{changed.Kind.Kind} {changed.Key} is gone");
        }
        else
        {
            Tell(changed);
        }

        _news.Release();
    }

    private void Tell(KubeObject changed)
    {
        var conditions = changed.Kind == BackendApp.ResourceKind
            ? changed.Deserialize(BackendApp.JsonType).Status.Conditions
            : changed.Deserialize(ApplicationEnvironment.JsonType).Status.Conditions;
        foreach (var condition in conditions)
        {
            var text = Describe(condition);
            var subject = $"{changed.Kind.Kind} {changed.Key} {condition.Type}";
            if (_told.TryGetValue(subject, out var told) && told == text)
            {
                continue;
            }

            _told[subject] = text;
            if (IsEcho(condition))
            {
                continue;
            }

            var line = $"{changed.Key.Name}  {text}";
            if (condition is { Type: "Ready", Status: ConditionStatus.True })
            {
                _narrator.Good(line);
            }
            else if (condition is { Type: "Stalled", Status: ConditionStatus.True })
            {
                _narrator.Bad(line);
            }
            else
            {
                _narrator.Say(line);
            }
        }
    }
}
