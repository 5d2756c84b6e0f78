using System.Globalization;

namespace Idp.GitHub;

/// <summary>A branch and what it points to.</summary>
internal sealed record RefBody(string Ref, ShaBody Object);

/// <summary>Anything of which only the SHA matters.</summary>
internal sealed record ShaBody(string Sha);

/// <summary>Moves a branch.</summary>
internal sealed record RefChange(string Sha, bool Force);

/// <summary>A commit; the author is absent in the answer of the contents API of old servers.</summary>
internal sealed record CommitBody(string Sha, ShaBody Tree, string Message, AuthorBody? Author, List<ShaBody> Parents)
{
    public GitCommit ToCommit() => new()
    {
        Sha = Sha,
        TreeSha = Tree.Sha,
        Message = Message,
        Author = new CommitAuthor(Author?.Name ?? "", Author?.Email ?? "", Author?.Date ?? default),
        Parents = [.. Parents.Select(parent => parent.Sha)],
    };
}

/// <summary>A commit as the list of commits shows it: what Git knows of it is one level deeper.</summary>
internal sealed record HeadCommitBody(string Sha, HeadCommitDetail Commit, List<ShaBody> Parents, List<ChangedFileBody>? Files)
{
    public GitCommit ToCommit() => new CommitBody(Sha, Commit.Tree, Commit.Message, Commit.Author, Parents).ToCommit();
}

/// <summary>What Git knows of a commit.</summary>
internal sealed record HeadCommitDetail(ShaBody Tree, string Message, AuthorBody? Author);

/// <summary>A file that a commit changed.</summary>
internal sealed record ChangedFileBody(string Filename);

/// <summary>Author or committer, read.</summary>
internal sealed record AuthorBody(string Name, string Email, DateTimeOffset Date);

/// <summary>Author or committer, to be written; the date in the one form that GitHub documents.</summary>
internal sealed record NewAuthor(string Name, string Email, string Date)
{
    public static NewAuthor From(CommitAuthor author) => new(
        author.Name,
        author.Email,
        author.Date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
}

/// <summary>A commit to be made.</summary>
internal sealed record NewCommit(
    string Message, string Tree, IReadOnlyList<string> Parents, NewAuthor Author, NewAuthor Committer);

/// <summary>A tree to be made.</summary>
internal sealed record NewTree(IReadOnlyList<NewTreeEntry> Tree);

/// <summary>A file of a tree to be made: with its text, or with the SHA of a blob.</summary>
internal sealed record NewTreeEntry(string Path, string Mode, string Type, string? Content, string? Sha);

/// <summary>A blob to be made.</summary>
internal sealed record NewBlob(string Content, string Encoding);

/// <summary>A file, to be written.</summary>
internal sealed record NewContent
{
    public required string Message { get; init; }
    public required string Content { get; init; }
    public string? Sha { get; init; }
    public string? Branch { get; init; }
    public NewAuthor? Author { get; init; }
    public NewAuthor? Committer { get; init; }
}

/// <summary>A file, written.</summary>
internal sealed record ContentAnswer(CommitBody Commit);
