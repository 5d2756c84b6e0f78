namespace Idp.GitHub;

/// <summary>A branch and what it points to.</summary>
internal sealed record RefBody(string Ref, ShaBody Object);

/// <summary>Anything of which only the SHA matters.</summary>
internal sealed record ShaBody(string Sha);

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

/// <summary>A blob, read.</summary>
internal sealed record BlobBody(string Content);

/// <summary>A file, read.</summary>
internal sealed record ContentBody(string Type, string Sha, long Size, string? Encoding, string? Content);
