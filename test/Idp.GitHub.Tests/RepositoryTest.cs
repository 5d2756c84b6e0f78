using Idp.Sandbox.GitHub;

namespace Idp.GitHub.Tests;

public sealed class RepositoryTest : IAsyncLifetime
{
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task CreatedRepositoryIsFoundByNameAndById()
    {
        var wanted = new NewRepository
        {
            Name = "payment-service",
            Description = "Takes card payments – 💳",
            Homepage = "https://pay.acme.dev",
            Visibility = RepositoryVisibility.Internal,
            DeleteBranchOnMerge = true,
            HasWiki = false,
        };

        var created = await _world.Client.CreateRepositoryAsync("acme", wanted, CancellationToken.None);

        var byName = await _world.Client.FindRepositoryAsync("acme", "payment-service", CancellationToken.None);
        var byId = await _world.Client.FindRepositoryAsync(created.Id, CancellationToken.None);
        byName.Should().BeEquivalentTo(created, options => options.Excluding(repository => repository.ETag));
        byId.Should().BeEquivalentTo(created, options => options.Excluding(repository => repository.ETag));
        created.Should().BeEquivalentTo(new
        {
            Owner = "acme",
            FullName = "acme/payment-service",
            wanted.Description,
            wanted.Homepage,
            wanted.Visibility,
            DefaultBranch = "main",
            Archived = false,
            CloneUrl = _world.Server.CloneUrl("acme", "payment-service").AbsoluteUri,
        });
        created.Switches.Should().Contain(new RepositorySwitches { ["delete_branch_on_merge"] = true, ["has_wiki"] = false, ["has_issues"] = true });
    }

    [Fact]
    public async Task MissingThingsAreNull()
    {
        var repository = await _world.CreateAsync();

        (await _world.Client.FindRepositoryAsync("acme", "nothing", CancellationToken.None)).Should().BeNull();
        (await _world.Client.FindRepositoryAsync(4711, CancellationToken.None)).Should().BeNull();
        (await _world.Client.FindHeadAsync(repository, "main", CancellationToken.None)).Should().BeNull("it is empty");
        (await _world.Client.ReadFileAsync(repository, "README.md", null, 4_000_000, CancellationToken.None)).Should().BeNull(
            "it is empty");
        await _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);
        (await _world.Client.FindHeadAsync(repository, "trunk", CancellationToken.None)).Should().BeNull(
            "there is no such branch");
        (await _world.Client.FindGeneratedHeadAsync(repository with { DefaultBranch = "trunk" }, CancellationToken.None)).Should().BeNull();
        (await _world.Client.ReadFileAsync(repository, "nothing", "main", 4_000_000, CancellationToken.None)).Should().BeNull();
        (await _world.Client.ReadFileAsync(repository, "src", "main", 4_000_000, CancellationToken.None)).Should().BeNull(
            "it is a folder");
    }

    [Fact]
    public async Task SecondCreateSaysThatTheNameIsTaken()
    {
        await _world.CreateAsync();

        var again = () => _world.CreateAsync();

        var error = (await again.Should().ThrowAsync<NameTakenException>()).Which;
        error.Message.Should().Be(
            "GitHub was asked to create acme/payment-service and answered 422: "
            + "Repository creation failed. name already exists on this account.");
        error.Errors.Should().ContainSingle().Which.Code.Should().Be("custom");
        error.RequestId.Should().NotBeNullOrEmpty();
        error.DocumentationUrl.Should().EndWith("#create-an-organization-repository");
    }

    [Fact]
    public async Task ReadBehindTheCreate_FindsWhatALostAnswerLeft()
    {
        _world.Server.Add(
            new GitHubFault { Method = "POST", Path = "/orgs/acme/repos$", Kind = GitHubFaultKind.DropAfter });
        var create = () => _world.CreateAsync();

        await create.Should().ThrowAsync<GitHubUnavailableException>();

        (await _world.Client.FindRepositoryAsync("acme", "payment-service", CancellationToken.None)).Should().NotBeNull();
    }

    [Fact]
    public async Task SettingsThatAreNullStayAsTheyAre()
    {
        var created = await _world.Client.CreateRepositoryAsync(
            "acme", new NewRepository { Name = "x", Description = "old", Homepage = "https://acme.dev" }, CancellationToken.None);

        var updated = await _world.Client.UpdateRepositoryAsync(
            created.Id, new RepositorySettings { Description = "new", Switches = new RepositorySwitches { ["has_issues"] = false } }, CancellationToken.None);

        updated.Switches["has_issues"].Should().BeFalse();
        updated.Should().BeEquivalentTo(created with { Description = "new", Switches = updated.Switches });
        updated.Switches.Where(each => each.Key != "has_issues").Should().Equal(created.Switches.Where(each => each.Key != "has_issues"));
        (await _world.Client.UpdateRepositoryAsync(created.Id, new RepositorySettings { Description = "" }, CancellationToken.None))
            .Description.Should().BeNull();
    }

    [Fact]
    public async Task VisibilityThatItHasAlreadyCountsAsDone()
    {
        var created = await _world.CreateAsync();

        var same = await _world.Client.UpdateRepositoryAsync(
            created.Id, new RepositorySettings { Visibility = RepositoryVisibility.Private }, CancellationToken.None);
        var changed = await _world.Client.UpdateRepositoryAsync(
            created.Id,
            new RepositorySettings { Visibility = RepositoryVisibility.Private, Description = "still changed" },
            CancellationToken.None);
        var opened = await _world.Client.UpdateRepositoryAsync(
            created.Id, new RepositorySettings { Visibility = RepositoryVisibility.Public }, CancellationToken.None);

        same.Should().BeEquivalentTo(created);
        changed.Description.Should().Be("still changed");
        opened.Visibility.Should().Be(RepositoryVisibility.Public);
    }

    [Fact]
    public async Task TopicsAreReplaced()
    {
        var repository = await _world.CreateAsync();

        await _world.Client.ReplaceTopicsAsync(repository, ["Payments", "idp"], CancellationToken.None);
        var first = await _world.Client.FindRepositoryAsync(repository.Id, CancellationToken.None);
        await _world.Client.ReplaceTopicsAsync(repository, [], CancellationToken.None);
        var second = await _world.Client.FindRepositoryAsync(repository.Id, CancellationToken.None);

        first!.Topics.Should().Equal("payments", "idp");
        second!.Topics.Should().BeEmpty();
    }

    [Fact]
    public async Task ArchivedRepositoryIsReadOnlyUntilItIsUnarchived()
    {
        var repository = await _world.CreateAsync();
        await _world.Client.ArchiveRepositoryAsync(repository.Id, CancellationToken.None);
        await _world.Client.ArchiveRepositoryAsync(repository.Id, CancellationToken.None);

        var write = () => _world.Client.ReplaceTopicsAsync(repository, ["x"], CancellationToken.None);
        var scaffold = () => _world.Client.CommitScaffoldAsync(repository, Scaffolds.Rich, CancellationToken.None);

        (await write.Should().ThrowAsync<RepositoryArchivedException>()).Which.IsTerminal.Should().BeTrue();
        await scaffold.Should().ThrowAsync<RepositoryArchivedException>();
        await _world.Client.UpdateRepositoryAsync(
            repository.Id, new RepositorySettings { Archived = false }, CancellationToken.None);
        await write.Should().NotThrowAsync();
    }

    [Fact]
    public async Task DeletedRepositoryMayBeDeletedAgain()
    {
        var repository = await _world.CreateAsync();
        await _world.Client.ArchiveRepositoryAsync(repository.Id, CancellationToken.None);

        await _world.Client.DeleteRepositoryAsync(repository.Id, CancellationToken.None);
        await _world.Client.DeleteRepositoryAsync(repository.Id, CancellationToken.None);

        (await _world.Client.FindRepositoryAsync("acme", "payment-service", CancellationToken.None)).Should().BeNull();
        (await _world.CreateAsync()).Id.Should().NotBe(repository.Id);
    }

    [Fact]
    public async Task EveryRequestIsToldToTheObserver()
    {
        var repository = await _world.CreateAsync();
        await _world.Client.CommitScaffoldAsync(repository, Scaffolds.Plain, CancellationToken.None);
        _world.Server.Add(new GitHubFault { Kind = GitHubFaultKind.DropBefore, Method = "PUT" });
        var lost = () => _world.Client.ReplaceTopicsAsync(repository, [], CancellationToken.None);
        await lost.Should().ThrowAsync<GitHubUnavailableException>();

        _world.Calls.All.Select(made => (made.Operation, made.StatusCode)).Should().Equal(
            ("create_repository", 201),
            ("git_push_refs", 200),
            ("git_push", 200),
            ("replace_topics", null));
    }
}
