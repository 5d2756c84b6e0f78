namespace Idp.Sandbox.GitHub;

/// <summary>Takes pushes.</summary>
internal sealed class ReceivePack(RepositoryStore store)
{
    /// <summary>What a repository says of its refs to who is about to push.</summary>
    public static byte[] Advertise(StoredRepository repository) => PushRequest.Advertise(repository.Git.Refs("refs"));

    /// <summary>Stores what is pushed and moves the refs that may be moved, and returns the answer. The caller has the repository's turn.</summary>
    /// <param name="repository">Where to.</param>
    /// <param name="body">The request.</param>
    /// <param name="isApp">Whether it comes from an App, which rulesets may let pass.</param>
    public byte[] Receive(StoredRepository repository, byte[] body, bool isApp)
    {
        var push = PushRequest.Parse(body);
        if (push.Commands.Count == 0)
        {
            // Who has much to send asks first whether he may.
            return PktLine.Flush;
        }

        try
        {
            var objects = new PackReader(push.Pack, repository.Git.ReadRaw).Read();
            repository.Git.Write(objects.Select(each => (each.Type, each.Content)));
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or ArgumentException or IndexOutOfRangeException)
        {
            return push.Report(error.Message, push.Commands.Select(command => (command.Name, (string?)"unpacker error")));
        }

        var wasEmpty = repository.Git.Refs("refs/heads").Count == 0;
        var refusals = push.Commands.Select(command => (Command: command, Words: BranchRules.Refuse(repository, command, isApp))).ToList();
        var checks = refusals.Select(each => (each.Command, Refusal: each.Words.Length > 0 ? BranchRules.Declined : Check(repository, each.Command))).ToList();
        var isStopped = push.Capabilities.Contains("atomic") && checks.Exists(each => each.Refusal is not null);
        var outcomes = checks.Select(
            each => (each.Command.Name, each.Refusal ?? (isStopped ? "atomic push failed" : Move(repository.Git, each.Command)))).ToList();
        var begun = push.Commands.FirstOrDefault(command => command.Name.StartsWith("refs/heads/", StringComparison.Ordinal));
        if (wasEmpty && begun is not null && Has(begun.Name) && !Has($"refs/heads/{repository.State.DefaultBranch}"))
        {
            store.BeginWith(repository, begun.Name["refs/heads/".Length..]);
        }

        return push.Report("ok", outcomes, string.Concat(refusals.Select(each => each.Words)));

        bool Has(string branch) => repository.Git.Refs(branch).Count > 0;
    }

    /// <summary>The answer to a push that a rule of the organisation forbids.</summary>
    public static byte[] Decline(byte[] body, string rule)
    {
        var push = PushRequest.Parse(body);
        return push.Report(
            "ok",
            push.Commands.Select(command => (command.Name, (string?)BranchRules.Declined)),
            string.Concat(push.Commands.Select(command => BranchRules.Words(command, [rule]))));
    }

    /// <summary>Why a ref cannot be moved; null where it can.</summary>
    private static string? Check(StoredRepository repository, PushCommand command)
    {
        if (command.Name.StartsWith("refs/pull/", StringComparison.Ordinal))
        {
            return "deny updating a hidden ref";
        }

        if (command.New == GitRepository.NoSha)
        {
            return command.Name == $"refs/heads/{repository.State.DefaultBranch}" ? "refusing to delete the current branch" : Stale(repository.Git, command);
        }

        return repository.Git.ReadRaw(command.New) is null ? "missing necessary objects" : Stale(repository.Git, command);
    }

    private static string? Stale(GitRepository git, PushCommand command) =>
        (git.Refs(command.Name).Where(known => known.Name == command.Name).Select(known => known.Sha).FirstOrDefault() ?? GitRepository.NoSha) == command.Old
            ? null
            : "failed to update ref";

    private static string? Move(GitRepository git, PushCommand command) =>
        git.UpdateRef(command.Name, command.New, command.Old) ? null : "failed to update ref";
}
