namespace Idp.Kubernetes.Tests.Hosting;

/// <summary>What the operators of one test did.</summary>
internal sealed class WorkLog
{
    private readonly Lock _lock = new();
    private readonly List<(string Key, int Size)> _reconciled = [];
    private readonly HashSet<string> _running = [];
    private TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WorkLog() => _gate.SetResult();

    /// <summary>Whether reconciles ignore their cancellation.</summary>
    public bool Deaf { get; init; }

    public int Finalized { get; private set; }

    public int Deleted { get; private set; }

    public int Cancelled { get; private set; }

    /// <summary>How often one key was reconciled twice at once, by whomever.</summary>
    public int Overlaps { get; private set; }

    public IReadOnlyList<string> Keys { get { lock (_lock) { return [.. _reconciled.Select(entry => entry.Key)]; } } }

    public IReadOnlyList<int> Sizes { get { lock (_lock) { return [.. _reconciled.Select(entry => entry.Size)]; } } }

    public int Running { get { lock (_lock) { return _running.Count; } } }

    /// <summary>Lets reconciles begin but not end.</summary>
    public void Hold() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void LetGo() => _gate.TrySetResult();

    public async Task WorkAsync(string key, int size, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _reconciled.Add((key, size));
            Overlaps += _running.Add(key) ? 0 : 1;
        }

        try
        {
            await _gate.Task.WaitAsync(Deaf ? CancellationToken.None : cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Cancelled++;
            throw;
        }
        finally
        {
            lock (_lock)
            {
                _running.Remove(key);
            }
        }
    }

    public void AddFinalized() => Finalized++;

    public void AddDeleted() => Deleted++;
}
