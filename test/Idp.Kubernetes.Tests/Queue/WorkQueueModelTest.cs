using Idp.Kubernetes.Queue;

namespace Idp.Kubernetes.Tests.Queue;

/// <summary>Random operations against a model that anybody can see is right: a list that is searched from end to end.</summary>
public sealed class WorkQueueModelTest
{
    [Fact]
    public void RandomHistories_MatchTheNaiveModel()
    {
        for (var round = 0; round < 300; round++)
        {
            var seed = Random.Shared.Next();
            Run(seed);
        }
    }

    /// <summary>A history that failed is put here by its seed and stays.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(20_260_101)]
    public void KnownHistories_MatchTheNaiveModel(int seed) => Run(seed);

    private static void Run(int seed)
    {
        var random = new Random(seed);
        var time = new ManualTime();
        using var queue = new WorkQueue<int>(time);
        var model = new Model();
        var held = new Dictionary<int, WorkItem<int>>();
        for (var step = 0; step < 200; step++)
        {
            switch (random.Next(5))
            {
                case 0 or 1:
                    var (key, priority) = (random.Next(8), (QueuePriority)random.Next(3));
                    var delay = random.Next(2) == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(random.Next(30));
                    queue.Add(key, priority, delay);
                    model.Add(key, priority, time.GetUtcNow() + delay, time.GetUtcNow());
                    break;
                case 2:
                    time.Advance(TimeSpan.FromSeconds(random.Next(10)));
                    break;
                case 3 when held.Count > 0:
                    var done = held.Keys.ElementAt(random.Next(held.Count));
                    held.Remove(done, out var item);
                    item!.Dispose();
                    model.Done(done, time.GetUtcNow());
                    break;
                default:
                    Take(queue, model, held, time, $"seed {seed}, step {step}");
                    break;
            }

            queue.ActiveCount.Should().Be(held.Count, "seed {0}, step {1}", seed, step);
            (queue.ReadyCount + queue.WaitingCount).Should().Be(model.Pending, "seed {0}, step {1}", seed, step);
        }
    }

    private static void Take(
        WorkQueue<int> queue, Model model, Dictionary<int, WorkItem<int>> held, ManualTime time, string where)
    {
        using var impatient = new CancellationTokenSource();
        var taking = queue.TakeAsync(impatient.Token);
        var expected = model.Take(time.GetUtcNow());
        taking.IsCompletedSuccessfully.Should().Be(expected.Count > 0, where);
        if (taking.IsCompletedSuccessfully)
        {
            var item = taking.GetAwaiter().GetResult()!;
            expected.Should().Contain(item.Key, where);
            held.Add(item.Key, item);
            model.Hold(item.Key);
        }

        impatient.Cancel();
    }

    private sealed class Model
    {
        private readonly List<Row> _rows = [];
        private readonly Dictionary<int, Row?> _held = [];

        public int Pending => _rows.Count;

        public void Add(int key, QueuePriority priority, DateTimeOffset due, DateTimeOffset now)
        {
            if (_held.TryGetValue(key, out var again))
            {
                _held[key] = Merge(again, new Row(key, priority, due, now));
                return;
            }

            var row = Merge(_rows.Find(row => row.Key == key), new Row(key, priority, due, now));
            _rows.RemoveAll(old => old.Key == key);
            _rows.Add(row);
        }

        /// <summary>What may come next: of the due keys those of the highest priority that became due first.</summary>
        public IReadOnlyCollection<int> Take(DateTimeOffset now)
        {
            var due = _rows.Where(row => row.Due <= now).ToList();
            return due.Count == 0
                ? []
                : [.. due.GroupBy(row => row.Priority).MaxBy(group => group.Key)!
                    .GroupBy(row => row.ReadyAt).MinBy(group => group.Key)!.Select(row => row.Key)];
        }

        public void Hold(int key)
        {
            _rows.RemoveAll(row => row.Key == key);
            _held.Add(key, null);
        }

        public void Done(int key, DateTimeOffset now)
        {
            _held.Remove(key, out var again);
            if (again is not null)
            {
                _rows.Add(again with { ReadyAt = Later(again.Due, now) });
            }
        }

        private static Row Merge(Row? old, Row added) => old is null
            ? added with { ReadyAt = Later(added.Due, added.ReadyAt) }
            : new Row(
                old.Key,
                (QueuePriority)Math.Max((int)old.Priority, (int)added.Priority),
                old.Due < added.Due ? old.Due : added.Due,
                old.ReadyAt < Later(added.Due, added.ReadyAt) ? old.ReadyAt : Later(added.Due, added.ReadyAt));

        private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

        private sealed record Row(int Key, QueuePriority Priority, DateTimeOffset Due, DateTimeOffset ReadyAt);
    }
}
