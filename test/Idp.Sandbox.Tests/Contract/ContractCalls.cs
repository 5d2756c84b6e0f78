using System.Net;
using Idp.GitHub;

namespace Idp.Sandbox.Tests.Contract;

/// <summary>Every call that is compared with GitHub's description: add a line for a new one.</summary>
/// <remarks>Each works on a repository of its own. Renamed repositories are left out: the proxy follows redirects by itself.</remarks>
internal static class ContractCalls
{
    private static readonly CommitAuthor Author = new("Ada", "ada@acme.dev", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private static readonly Scaffold Scaffold = new()
    {
        Message = "Lay the golden path\n",
        Author = Author,
        Files =
        [
            RepositoryFile.Text("README.md", "# app – 💳\n"),
            RepositoryFile.Text("scripts/run.sh", "#!/bin/sh\n", executable: true),
            RepositoryFile.Text("deploy/overlays/dev/kustomization.yaml", "resources: [../../base]\n"),
            new RepositoryFile { Path = "logo.png", Content = new byte[] { 0x89, 0x50, 0x00, 0xff } },
        ],
    };

    public static IReadOnlyList<ContractCall> All { get; } =
    [
        .. Repositories(),
        .. TemplateCalls.All,
        .. Changes(),
        .. Refusals(),
        .. Files(),
        .. Apps(),
    ];

    private static IEnumerable<ContractCall> Repositories() =>
    [
        new("create-plain", async session => (await session.CreateAsync("create-plain")).Name.Should().Be("create-plain")),
        new("create-with-everything", async session =>
        {
            var request = new NewRepository
            {
                Name = "create-with-everything",
                Description = "Payments",
                Homepage = "https://acme.dev",
                Visibility = RepositoryVisibility.Public,
                DeleteBranchOnMerge = true,
                HasIssues = false,
                HasProjects = false,
                HasWiki = false,
            };
            (await session.Client.CreateRepositoryAsync("acme", request, default)).Homepage.Should().Be("https://acme.dev");
        }),
        new("show", async session =>
        {
            var made = await session.CreateAsync("show");
            (await session.Client.FindRepositoryAsync("acme", "show", default))!.Id.Should().Be(made.Id);
            (await session.Client.FindRepositoryAsync(made.Id, default))!.Name.Should().Be("show");
        }),
        new("show-unchanged", async session =>
        {
            await session.CreateAsync("show-unchanged");
            var known = await session.Client.FindRepositoryAsync("acme", "show-unchanged", default);
            (await session.Client.RefreshRepositoryAsync(known!, default)).Should().BeSameAs(known);
        }),
        new("create-with-first-commit", async session =>
        {
            var made = await session.Client.CreateRepositoryAsync("acme", new NewRepository { Name = "first-commit", AutoInit = true }, default);
            await session.Client.CommitScaffoldAsync(made, Scaffold with { ReplacesFirstCommit = true }, default);
        }),
        new("show-absent", async session =>
        {
            (await session.Client.FindRepositoryAsync("acme", "show-absent", default)).Should().BeNull();
            (await session.Client.FindRepositoryAsync(999_999, default)).Should().BeNull();
        }),
        new("delete", async session =>
        {
            var made = await session.CreateAsync("delete");
            await session.Client.DeleteRepositoryAsync(made.Id, default);
            await session.Client.DeleteRepositoryAsync(made.Id, default);
            (await session.Client.FindRepositoryAsync(made.Id, default)).Should().BeNull();
        }),
    ];

    private static IEnumerable<ContractCall> Changes() =>
    [
        new("change", async session =>
        {
            var made = await session.CreateAsync("change");
            var settings = new RepositorySettings
            {
                Description = "Other",
                Homepage = "",
                Visibility = RepositoryVisibility.Public,
                DeleteBranchOnMerge = true,
                HasIssues = false,
                HasProjects = false,
                HasWiki = false,
            };
            (await session.Client.UpdateRepositoryAsync(made.Id, settings, default)).Visibility.Should().Be(RepositoryVisibility.Public);
        }),
        new("change-to-what-is", async session =>
        {
            var made = await session.CreateAsync("change-to-what-is");
            var settings = new RepositorySettings { Visibility = RepositoryVisibility.Private };
            (await session.Client.UpdateRepositoryAsync(made.Id, settings, default)).Id.Should().Be(made.Id);
        }),
        new("topics", async session =>
        {
            var made = await session.CreateAsync("topics");
            await session.Client.ReplaceTopicsAsync(made, ["idp", "Team-Payments"], default);
            await session.Client.ReplaceTopicsAsync(made, [], default);
            (await session.Client.FindRepositoryAsync(made.Id, default))!.Topics.Should().BeEmpty();
        }),
        new("archive", async session =>
        {
            var made = await session.CreateAsync("archive");
            await session.Client.ArchiveRepositoryAsync(made.Id, default);
            await session.Client.ArchiveRepositoryAsync(made.Id, default);
            (await session.Client.FindRepositoryAsync(made.Id, default))!.Archived.Should().BeTrue();
        }),
        new("unarchive", async session =>
        {
            var made = await session.CreateAsync("unarchive");
            await session.Client.ArchiveRepositoryAsync(made.Id, default);
            var shown = await session.Client.UpdateRepositoryAsync(made.Id, new RepositorySettings { Archived = false }, default);
            shown.Archived.Should().BeFalse();
        }),
    ];

    private static IEnumerable<ContractCall> Apps() =>
    [
        new("app-token", async session => (await session.AsApp("acme").FindRepositoryAsync("acme", "app-token", default)).Should().BeNull()),
        new("app-not-installed", async session =>
        {
            var find = () => session.AsApp("elsewhere").FindRepositoryAsync("elsewhere", "app-not-installed", default);
            await find.Should().ThrowAsync<TokenUnavailableException>();
        }),
    ];

    private static IEnumerable<ContractCall> Refusals() =>
    [
        new("create-taken", async session =>
        {
            await session.CreateAsync("create-taken");
            await Refused<NameTakenException>(session.CreateAsync("create-taken"), HttpStatusCode.UnprocessableEntity);
        }),
        new("create-nowhere", session => Refused<GitHubNotFoundException>(
            session.Client.CreateRepositoryAsync("nowhere", new NewRepository { Name = "app" }, default), HttpStatusCode.NotFound)),
        new("change-absent", session => Refused<GitHubNotFoundException>(
            session.Client.UpdateRepositoryAsync(999_999, new RepositorySettings { Description = "x" }, default), HttpStatusCode.NotFound)),
        new("change-default-branch", async session =>
        {
            var made = await session.CreateAsync("change-default-branch");
            await Refused<GitHubValidationException>(
                session.Client.UpdateRepositoryAsync(made.Id, new RepositorySettings { DefaultBranch = "no" }, default),
                HttpStatusCode.UnprocessableEntity);
        }),
        new("topics-invalid", async session =>
        {
            var made = await session.CreateAsync("topics-invalid");
            await Refused<GitHubValidationException>(
                session.Client.ReplaceTopicsAsync(made, ["no spaces"], default), HttpStatusCode.UnprocessableEntity);
        }),
        new("topics-absent", async session =>
        {
            var made = await session.CreateAsync("topics-absent");
            await session.Client.DeleteRepositoryAsync(made.Id, default);
            await Refused<GitHubNotFoundException>(session.Client.ReplaceTopicsAsync(made, ["idp"], default), HttpStatusCode.NotFound);
        }),
        new("change-archived", async session =>
        {
            var made = await session.CreateAsync("change-archived");
            await session.Client.ArchiveRepositoryAsync(made.Id, default);
            await Refused<RepositoryArchivedException>(
                session.Client.UpdateRepositoryAsync(made.Id, new RepositorySettings { Description = "x" }, default),
                HttpStatusCode.Forbidden);
            await Refused<RepositoryArchivedException>(
                session.Client.CommitScaffoldAsync(made, Scaffold, default), HttpStatusCode.Forbidden);
        }),
    ];

    private static IEnumerable<ContractCall> Files() =>
    [
        new("scaffold", async session =>
        {
            var made = await session.CreateAsync("scaffold");
            var sha = await session.Client.CommitScaffoldAsync(made, Scaffold, default);
            (await session.Client.CommitScaffoldAsync(made, Scaffold, default)).Should().Be(sha);
            (await session.Client.FindHeadAsync(made, "main", default)).Should().Be(sha);
            (await session.Client.FindCommitAsync(made, sha, default))!.Author.Should().Be(Author);
        }),
        new("scaffold-over-another-branch", async session =>
        {
            var made = await session.CreateAsync("scaffold-over-another-branch");
            await session.Client.CommitFileAsync(made, OneFile("a", "a") with { Branch = "trunk" }, default);
            await Refused<RepositoryNotEmptyException>(
                session.Client.CommitScaffoldAsync(made, Scaffold with { Branch = "main" }, default), null);
        }),
        new("heads-of-nothing", async session =>
        {
            var made = await session.CreateAsync("heads-of-nothing");
            (await session.Client.FindHeadAsync(made, "main", default)).Should().BeNull("the repository is empty");
            (await session.Client.FindCommitAsync(made, new string('0', 40), default)).Should().BeNull();
            await session.Client.CommitFileAsync(made, OneFile("a", "a"), default);
            (await session.Client.FindHeadAsync(made, "feature/x", default)).Should().BeNull("there is no such branch");
            (await session.Client.FindCommitAsync(made, new string('0', 40), default)).Should().BeNull();
        }),
        new("files", async session =>
        {
            var made = await session.CreateAsync("files");
            (await session.Client.ReadFileAsync(made, "docs/a.md", null, default)).Should().BeNull("the repository is empty");
            var first = await session.Client.CommitFileAsync(made, OneFile("docs/a.md", "one"), default);
            await session.Client.CommitFileAsync(made, OneFile("docs/a.md", "two") with { Author = Author }, default);
            (await session.Client.CommitFileAsync(made, OneFile("docs/a.md", "two"), default)).Should().BeNull("nothing differs");
            (await session.Client.ReadFileAsync(made, "docs/a.md", null, default)).Should().Be("two");
            (await session.Client.ReadFileAsync(made, "docs/a.md", first, default)).Should().Be("one");
            (await session.Client.ReadFileAsync(made, "docs/b.md", "main", default)).Should().BeNull();
            (await session.Client.ReadFileAsync(made, "docs/a.md", "other", default)).Should().BeNull();
            (await session.Client.ReadFileAsync(made, "docs", null, default)).Should().BeNull("it is a folder");
        }),
        new("file-above-a-megabyte", async session =>
        {
            var made = await session.CreateAsync("file-above-a-megabyte");
            var text = new string('x', 1_200_000);
            await session.Client.CommitFileAsync(made, OneFile("big.txt", text), default);
            (await session.Client.ReadFileAsync(made, "big.txt", null, default)).Should().Be(text);
        }),
        new("file-changed-in-between", async session =>
        {
            await session.CreateAsync("file-changed-in-between");
            const string path = "repos/acme/file-changed-in-between/contents/a";
            (await session.AskAsync("PUT", path, """{"message":"m","content":"eA=="}""")).Status.Should().Be(201);
            var stale = $$"""{"message":"m","content":"eQ==","sha":"{{new string('0', 40)}}"}""";
            (await session.AskAsync("PUT", path, stale)).Status.Should().Be(409);
            (await session.AskAsync("PUT", path, """{"message":"m","content":"eQ=="}""")).Status.Should().Be(422);
        }),
    ];

    private static FileCommit OneFile(string path, string text) => new()
    {
        Path = path,
        Message = $"Write {path}",
        Content = RepositoryFile.Text(path, text).Content,
    };

    private static async Task Refused<T>(Task call, HttpStatusCode? status)
        where T : GitHubException
    {
        var thrown = await FluentActions.Awaiting(() => call).Should().ThrowAsync<T>();
        thrown.Which.StatusCode.Should().Be(status);
    }
}
