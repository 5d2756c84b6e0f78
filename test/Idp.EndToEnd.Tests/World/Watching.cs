using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.EndToEnd.Tests.World;

/// <summary>Waits by watching until the world is as expected; a test that waits in vain says what it saw.</summary>
internal sealed class Watching(Platform platform)
{
    /// <summary>How long anything may take: generous, because it costs time only where something is wrong.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Waits until an object is there and as expected.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="namespace">Its namespace; empty for a cluster-scoped one.</param>
    /// <param name="name">Its name.</param>
    /// <param name="what">What is expected, in words.</param>
    /// <param name="isExpected">The same in code.</param>
    public async Task<JsonObject> UntilAsync(
        ResourceKind kind, string @namespace, string name, string what, Func<JsonObject, bool> isExpected)
    {
        JsonObject? last = null;
        await FollowAsync(kind, new ObjectKey(@namespace, name), what, item => (last = item) is not null && isExpected(last));
        return last!;
    }

    /// <summary>Waits until an object is gone.</summary>
    public Task UntilGoneAsync(ResourceKind kind, string @namespace, string name) =>
        FollowAsync(kind, new ObjectKey(@namespace, name), "to be gone", item => item is null);

    /// <summary>Waits until a question that nothing announces gets the answer yes.</summary>
    public async Task UntilAsync(string what, Func<Task<bool>> isExpected, TimeSpan every)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var ticks = new PeriodicTimer(every, TimeProvider.System);
        try
        {
            while (!await isExpected())
            {
                await ticks.WaitForNextTickAsync(patience.Token);
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new TimeoutException($"Expected {what}.\n{platform.OperatorLog()}");
        }
    }

    private async Task FollowAsync(ResourceKind kind, ObjectKey key, string what, Func<JsonObject?, bool> isDone)
    {
        using var patience = new CancellationTokenSource(Patience);
        JsonObject? last = null;
        try
        {
            var field = $"metadata.name={key.Name}";
            var list = await platform.Client.ListPageAsync(
                kind, new ListOptions { Namespace = key.Namespace, FieldSelector = field }, patience.Token);
            last = list.Items.Count == 0 ? null : list.Items[0].ToJson();
            var done = isDone(last);
            var options = new WatchOptions { Namespace = key.Namespace, FieldSelector = field, ResourceVersion = list.ResourceVersion };
            await using var stream = await platform.Client.WatchAsync(kind, options, patience.Token);
            await using var changes = stream.GetAsyncEnumerator(patience.Token);
            while (!done && await changes.MoveNextAsync())
            {
                if (changes.Current is { Type: not WatchEventType.Bookmark } change)
                {
                    last = change.Type == WatchEventType.Deleted ? null : change.Object.ToJson();
                    done = isDone(last);
                }
            }

            done.Should().BeTrue($"the watch of {kind} {key} ended before it was {what}");
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new TimeoutException($"Expected {kind} {key} {what}, but: {await DescribeAsync(kind, key, last)}\n{platform.OperatorLog()}");
        }
    }

    /// <summary>The conditions of the object and, for an application, of its environments; the whole object where it has none.</summary>
    private async Task<string> DescribeAsync(ResourceKind kind, ObjectKey key, JsonObject? item)
    {
        if (item is null)
        {
            return "there is none.";
        }

        var lines = ConditionReading.Print(item);
        if (kind == Kinds.BackendApp)
        {
            var environments = await platform.ListAsync(Kinds.Environment, key.Namespace);
            lines += string.Concat(environments.Select(each => $"\n  {each.TextAt("metadata", "name")}:{ConditionReading.Print(each)}"));
        }

        return lines.Length > 0 ? lines : item.ToJsonString();
    }
}
