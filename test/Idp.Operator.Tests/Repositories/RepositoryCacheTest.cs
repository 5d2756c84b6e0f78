using Idp.Operator.Repositories;

namespace Idp.Operator.Tests.Repositories;

public sealed class RepositoryCacheTest
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly ManualTime _clock = new();
    private readonly RepositoryCache _memory;
    private readonly ObservedRepository _found = new() { Head = "a" };

    public RepositoryCacheTest() => _memory = new RepositoryCache(_clock);

    [Fact]
    public void WhatWasSeenServesForAWhile_AndForOneVersion()
    {
        _memory.BeginLook("app");
        _memory.Remember("app", "1", _found, Hour);

        _memory.Recall("app", "1").Should().Be(_found);
        _memory.Recall("app", "2").Should().BeNull();
        _memory.Recall("other", "1").Should().BeNull();
        _clock.Advance(Hour - TimeSpan.FromSeconds(1));
        _memory.Recall("app", "1").Should().Be(_found);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _memory.Recall("app", "1").Should().BeNull();
    }

    [Fact]
    public void ToRememberWithoutALook_MakesNothingYounger()
    {
        _memory.BeginLook("app");
        _memory.Remember("app", "1", _found, Hour);
        _clock.Advance(Hour / 2);

        _memory.Remember("app", "1", _memory.Recall("app", "1")!, Hour);

        _clock.Advance(Hour / 2);
        _memory.Recall("app", "1").Should().BeNull();
        _memory.Find("app")!.Found.Should().Be(_found, "it is of use to ask whether it changed");
    }

    [Fact]
    public void WhatServesWithoutALook_ServesNotWhereOneIsWanted()
    {
        _memory.Serve("app", "1", _found, Hour);
        _memory.Recall("app", "1").Should().Be(_found);

        _memory.Forget("app");
        _memory.Serve("app", "1", _found, Hour);

        _memory.Recall("app", "1").Should().BeNull();
        _memory.Drop("app");
        _memory.Find("app").Should().BeNull();
    }

    [Fact]
    public void WhatALookFinds_IsNotKept_IfGitHubToldOfAChangeMeanwhile()
    {
        _memory.BeginLook("app");
        _memory.Forget("app");
        _memory.Remember("app", "1", _found, Hour);

        _memory.Recall("app", "1").Should().BeNull("it may be from before the change");

        _memory.BeginLook("app");
        _memory.Remember("app", "1", _found, Hour);
        _memory.Recall("app", "1").Should().Be(_found);
    }

    [Fact]
    public void ALookThatEndsInAnError_LeavesNothing()
    {
        _memory.BeginLook("app");
        _memory.Remember("app", "1", _found, Hour);

        _memory.BeginLook("app");

        _memory.Recall("app", "1").Should().BeNull();
    }
}
