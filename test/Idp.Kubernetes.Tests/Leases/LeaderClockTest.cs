using System.Collections.Concurrent;
using Idp.Kubernetes.Leases;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Kubernetes.Tests.Leases;

/// <summary>Two electors whose clocks differ share a lease; time is manual, so that every moment can be looked at.</summary>
public sealed class LeaderClockTest
{
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(50);
    private readonly ManualTime _time = new();
    private readonly LeaseServer _server = new();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(0.8, 1)]
    [InlineData(1.25, 1)]
    [InlineData(1, 0.8)]
    [InlineData(1, 1.25)]
    public async Task WhateverTheirClocksSay_TwoNeverLead_AndTheLeadGoesOver(double firstRate, double secondRate)
    {
        await using var first = await ReplicaAsync("a", firstRate);
        await using var second = await ReplicaAsync("b", secondRate);
        List<string> leaders = [];
        await StepAsync(TimeSpan.FromSeconds(1), first, second);

        for (var term = 0; term < 6; term++)
        {
            var (leader, other) = first.Leads ? (first, second) : (second, first);
            leaders.Add(leader.Name);
            other.Clock.WallIsOff = TimeSpan.FromHours(term % 2 == 0 ? 3 : -3);
            leader.Clock.WallIsOff = TimeSpan.FromDays(-term);
            leader.IsCutOff = true;
            var waited = await StepUntilLeadsAsync(other, leader);
            leader.IsCutOff = false;
            await StepAsync(TimeSpan.FromSeconds(12.3), first, second);

            var slowest = 1 / Math.Min(other.Rate, 1);
            waited.Should().BeLessThanOrEqualTo(TimeSpan.FromSeconds(16.3 * slowest), "a lease, and the time between two looks at it");
        }

        leaders.Should().Equal("a", "b", "a", "b", "a", "b");
    }

    [Fact]
    public async Task LeaseIsTaken_InTheMomentInWhichItRunsOut()
    {
        await using var first = await ReplicaAsync("a", 1);
        await using var second = await ReplicaAsync("b", 1);
        await StepAsync(TimeSpan.FromSeconds(20), first, second);
        while (second.AskedLast == first.AskedLast)
        {
            await StepAsync(Instant, first, second); // In the same moment, nobody could say who came first.
        }

        first.IsCutOff = true;
        var renewed = first.AskedLast;

        var looks = await second.LooksUntilItLeadsAsync();

        second.Leads.Should().BeTrue();
        var lastSeen = looks.First(look => look > renewed);
        (looks[^1] - lastSeen).Should().Be(TimeSpan.FromSeconds(15), "neither a moment early nor a poll late");
    }

    /// <summary>SIGSTOP, a starved thread pool, a paused virtual machine: the clock goes on, the timers do not.</summary>
    [Fact]
    public async Task FrozenLeader_KnowsBeforeAnyTimerThatItLeadsNoMore()
    {
        await using var only = await ReplicaAsync("a", 1);
        _time.Freeze(TimeSpan.FromSeconds(9.9));
        var before = only.Leads;

        _time.Freeze(TimeSpan.FromSeconds(0.2));

        before.Should().BeTrue();
        only.Leads.Should().BeFalse();
        only.WasTold.Should().BeFalse("no timer has fired");
        await _time.AdvanceAsync(TimeSpan.Zero);
        only.WasTold.Should().BeTrue("the timers tell the rest");
    }

    [Fact]
    public async Task LeadershipThatIsGivenUp_IsOverBeforeTheLeaseIs()
    {
        await using var only = await ReplicaAsync("a", 1);

        await only.ResignAsync();

        only.Leads.Should().BeFalse();
    }

    private async Task<Candidate> ReplicaAsync(string name, double rate)
    {
        var replica = new Candidate(name, rate, _time, _server);
        await _time.SettledAsync();
        return replica;
    }

    private async Task StepAsync(TimeSpan span, Candidate first, Candidate second)
    {
        for (var gone = TimeSpan.Zero; gone < span; gone += Instant)
        {
            await _time.AdvanceAsync(Instant);
            (first.Leads && second.Leads).Should().BeFalse("one acts at a time");
        }
    }

    private async Task<TimeSpan> StepUntilLeadsAsync(Candidate other, Candidate leader)
    {
        var waited = TimeSpan.Zero;
        for (; !other.Leads && waited < TimeSpan.FromMinutes(1); waited += Instant)
        {
            await StepAsync(Instant, other, leader);
        }

        return waited;
    }

    /// <summary>A process that leads whenever it can.</summary>
    private sealed class Candidate : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly LeaderElector _elector;
        private readonly ManualTime _time;
        private readonly ConcurrentQueue<DateTimeOffset> _requests = [];
        private readonly Task _running;
        private volatile bool _wasTold;

        public Candidate(string name, double rate, ManualTime time, LeaseServer server)
        {
            (Name, Rate, _time, Clock) = (name, rate, time, new SkewedTime(time, rate));
            var settings = new LeaderElectionSettings { Namespace = "here", Name = "lease", Identity = name };
            _elector = new LeaderElector(server.Connect(NoteAndAsk), settings, Clock, NullLogger<LeaderElector>.Instance);
            _running = time.Run(RunAsync);
        }

        public string Name { get; }

        public double Rate { get; }

        public SkewedTime Clock { get; }

        public bool IsCutOff { get; set; }

        public bool Leads => _elector.Leads;

        public bool WasTold => _wasTold;

        /// <summary>When it asked the server last: who leads renews with that.</summary>
        public DateTimeOffset AskedLast => _requests.Last();

        public async Task ResignAsync()
        {
            await _stop.CancelAsync();
            await _running;
        }

        /// <summary>Moves time until it leads; says when it asked for the lease, ever.</summary>
        public async Task<IReadOnlyList<DateTimeOffset>> LooksUntilItLeadsAsync()
        {
            for (var step = 0; step < 2_000 && !Leads; step++)
            {
                await _time.AdvanceAsync(TimeSpan.FromMilliseconds(10));
            }

            return [.. _requests.Distinct()];
        }

        public async ValueTask DisposeAsync()
        {
            await ResignAsync();
            _stop.Dispose();
        }

        private bool NoteAndAsk()
        {
            _requests.Enqueue(_time.GetUtcNow());
            return IsCutOff;
        }

        private async Task RunAsync()
        {
            try
            {
                while (!_stop.IsCancellationRequested)
                {
                    await using var leadership = await _elector.AcquireAsync(_stop.Token);
                    var over = new TaskCompletionSource();
                    await using var lost = leadership.LeaderToken.Register(() => _wasTold = over.TrySetResult());
                    await using var stopped = _stop.Token.Register(() => over.TrySetResult());
                    await over.Task;
                }
            }
            catch (OperationCanceledException)
            {
                // Resigned.
            }
        }
    }
}
