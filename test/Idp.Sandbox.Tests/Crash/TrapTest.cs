using Idp.Sandbox.Tests.Proxy;
using Idp.Testing.Crash;

namespace Idp.Sandbox.Tests.Crash;

/// <summary>The trap in a proxy between a caller and a server; who would be killed is only counted.</summary>
public sealed class TrapTest : ProxyFixture
{
    private const string Home = "api/v1/namespaces/crash0007-staging";
    private static readonly CrashApp App = new(7, DeletionPolicy.Delete);
    private readonly Trap _trap;
    private int _kills;

    public TrapTest()
        : base(tls: false) => _trap = new Trap(() =>
        {
            _kills++;
            return Task.CompletedTask;
        });

    [Fact]
    public async Task WritesAreCountedByNameAndWhatOnlyLooksLikeOneIsNot()
    {
        Put(null);

        await WriteAsync(Home);
        await WriteAsync(Home);
        await WriteAsync("apis/idp.dev/v1alpha1/namespaces/team-crash0007/backendapps/crash0007/status?fieldManager=x");
        await WriteAsync("repositories/100003");
        await WriteAsync($"{Home}?dryRun=All");
        await WriteAsync("apis/coordination.k8s.io/v1/namespaces/idp-system/leases/idp-operator");
        await WriteAsync("api/v1/namespaces/crash0006-staging");
        await GetAsync(Home);

        _trap.Writes.Select(write => $"{write}").Should().Equal(
            "server PATCH namespaces/APP-staging",
            "server PATCH namespaces/APP-staging (no. 2)",
            "server PATCH namespaces/team-APP/backendapps/APP/status",
            "server PATCH repositories/ID");
        _kills.Should().Be(0);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    public async Task AfterAWriteMeansThatTheServerHasItAndTheCallerHearsNothing(int occurrence, int seen)
    {
        Put(new Write("server PATCH namespaces/APP-staging", occurrence), CrashSide.After);
        await WriteUntilKilledAsync();

        Server.Asked.Should().HaveCount(seen);
        (_kills, _trap.HasSprung).Should().Be((1, true));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    public async Task BeforeAWriteMeansThatTheServerNeverSawIt(int occurrence, int seen)
    {
        Put(new Write("server PATCH namespaces/APP-staging", occurrence), CrashSide.Before);
        await WriteUntilKilledAsync();

        Server.Asked.Should().HaveCount(seen);
        (_kills, _trap.HasSprung).Should().Be((1, true));
    }

    [Fact]
    public async Task NothingOfTheDeadPassesAndTheNextOneIsNotKilledAtTheSamePoint()
    {
        Put(new Write("server PATCH namespaces/APP-staging", 1), CrashSide.Before);
        await WriteUntilKilledAsync();

        await FluentActions.Awaiting(() => GetAsync("api/v1/pods")).Should().ThrowAsync<HttpRequestException>();
        Server.Asked.Should().BeEmpty();
        _trap.Open();
        await WriteAsync(Home);

        Server.Asked.Should().ContainSingle();
        _kills.Should().Be(1);
    }

    private void Put(Write write, CrashSide side) => Put(new CrashPoint(CrashPhase.Making, DeletionPolicy.Delete, write, side));

    private void Put(CrashPoint? point)
    {
        _trap.PutInto(Proxy, "server");
        _trap.Set(App, point);
    }

    private async Task WriteAsync(string target) => (await SendAsync(HttpMethod.Patch, target)).Dispose();

    private async Task WriteUntilKilledAsync()
    {
        while (_kills == 0)
        {
            try
            {
                await WriteAsync(Home);
            }
            catch (HttpRequestException)
            {
                _kills.Should().Be(1, "only the kill breaks a connection");
            }
        }
    }
}
