using Idp.GitHub;

namespace Idp.Sandbox.Tests.Contract;

/// <summary>The calls about files, branches and commits.</summary>
internal static class FileCalls
{
    public static readonly CommitAuthor Author = new("Ada", "ada@acme.dev", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public static Scaffold Scaffold { get; } = new()
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
        new("scaffold", async session =>
        {
            var made = await session.CreateAsync("scaffold");
            var sha = await session.Client.CommitScaffoldAsync(made, Scaffold, default);
            (await session.Client.CommitScaffoldAsync(made, Scaffold, default)).Should().Be(sha);
            (await session.Client.FindHeadAsync(made, "main", default)).Should().Be(sha);
            (await session.Client.FindGeneratedHeadAsync(made, default)).Should().Be(sha);
        }),
        new("scaffold-over-another-branch", async session =>
        {
            var made = await session.CreateAsync("scaffold-over-another-branch");
            await session.Client.CommitFileAsync(made, OneFile("a", "a") with { Branch = "trunk" }, default);
            await Refusal.OfAsync<RepositoryNotEmptyException>(
                session.Client.CommitScaffoldAsync(made, Scaffold with { Branch = "main" }, default), null);
        }),
        new("heads-of-nothing", async session =>
        {
            var made = await session.CreateAsync("heads-of-nothing");
            (await session.Client.FindHeadAsync(made, "main", default)).Should().BeNull("the repository is empty");
            (await session.Client.FindGeneratedHeadAsync(made, default)).Should().BeNull("the repository is empty");
            await session.Client.CommitFileAsync(made, OneFile("a", "a"), default);
            (await session.Client.FindHeadAsync(made, "feature/x", default)).Should().BeNull("there is no such branch");
            (await session.Client.FindGeneratedHeadAsync(made with { DefaultBranch = "trunk" }, default)).Should().BeNull("there is no such branch");
        }),
        new("files", async session =>
        {
            var made = await session.CreateAsync("files");
            (await session.Client.ReadFileAsync(made, "docs/a.md", null, 4_000_000, default)).Should().BeNull("the repository is empty");
            var first = await session.Client.CommitFileAsync(made, OneFile("docs/a.md", "one"), default);
            await session.Client.CommitFileAsync(made, OneFile("docs/a.md", "two"), default);
            (await session.Client.CommitFileAsync(made, OneFile("docs/a.md", "two"), default)).Should().BeNull("nothing differs");
            (await session.Client.ReadFileAsync(made, "docs/a.md", null, 4_000_000, default)).Should().Be("two");
            (await session.Client.ReadFileAsync(made, "docs/a.md", first, 4_000_000, default)).Should().Be("one");
            (await session.Client.ReadFileAsync(made, "docs/b.md", "main", 4_000_000, default)).Should().BeNull();
            (await session.Client.ReadFileAsync(made, "docs/a.md", "other", 4_000_000, default)).Should().BeNull();
            (await session.Client.ReadFileAsync(made, "docs", null, 4_000_000, default)).Should().BeNull("it is a folder");
        }),
        new("file-above-a-megabyte", async session =>
        {
            var made = await session.CreateAsync("file-above-a-megabyte");
            var text = new string('x', 1_200_000);
            await session.Client.CommitFileAsync(made, OneFile("big.txt", text), default);
            (await session.Client.ReadFileAsync(made, "big.txt", null, 4_000_000, default)).Should().Be(text);
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
        Author = Author,
        Path = path,
        Message = $"Write {path}",
        Content = RepositoryFile.Text(path, text).Content,
    };
}
