namespace Idp.Sandbox.GitHub;

/// <summary>What a push asks for.</summary>
/// <remarks>See https://git-scm.com/docs/gitprotocol-pack#_reference_update_request_and_packfile_transfer.</remarks>
/// <param name="Commands">The refs that are to be moved.</param>
/// <param name="Capabilities">What the client understands.</param>
/// <param name="Pack">The objects; empty where none are needed.</param>
internal sealed record PushRequest(IReadOnlyList<PushCommand> Commands, IReadOnlyList<string> Capabilities, byte[] Pack)
{
    private const string Offered = "report-status delete-refs ofs-delta side-band-64k atomic agent=idp-sandbox";

    /// <summary>The answer to who is about to push: the refs as they are.</summary>
    public static byte[] Advertise(IReadOnlyList<(string Name, string Sha)> refs)
    {
        var lines = refs.Count == 0 ? [("capabilities^{}", GitRepository.NoSha)] : refs;
        return
        [
            .. PktLine.Of("# service=git-receive-pack\n"),
            .. PktLine.Flush,
            .. lines.SelectMany((line, number) => PktLine.Of($"{line.Item2} {line.Item1}{(number == 0 ? $"\0{Offered}" : "")}\n")),
            .. PktLine.Flush,
        ];
    }

    public static PushRequest Parse(byte[] body)
    {
        var lines = PktLine.Read(body, out var end);
        var commands = from line in lines
                       let words = line.Split('\0')[0].TrimEnd('\n').Split(' ', 3)
                       where words.Length == 3
                       select new PushCommand(words[2], words[0], words[1]);
        var capabilities = lines.FirstOrDefault()?.Split('\0') is [_, var told] ? told.TrimEnd('\n').Split(' ') : [];
        return new PushRequest([.. commands], capabilities, body[end..]);
    }

    /// <summary>The answer: what became of the pack and of each ref, and what people are to read.</summary>
    /// <param name="unpacked"><c>ok</c>, or why the pack could not be stored.</param>
    /// <param name="outcomes">Of each ref null for done, or why it was not moved.</param>
    /// <param name="words">For people; empty for none.</param>
    public byte[] Report(string unpacked, IEnumerable<(string Name, string? Refusal)> outcomes, string words = "")
    {
        byte[] report =
        [
            .. PktLine.Of($"unpack {unpacked}\n"),
            .. outcomes.SelectMany(outcome => PktLine.Of(outcome.Refusal is { } why ? $"ng {outcome.Name} {why}\n" : $"ok {outcome.Name}\n")),
            .. PktLine.Flush,
        ];
        return !Capabilities.Contains("side-band-64k")
            ? report
            : [.. words.Length == 0 ? [] : PktLine.Of($"\u0002{words}"), .. PktLine.Of([1, .. report]), .. PktLine.Flush];
    }
}

/// <summary>A ref that is to be moved from where it is thought to be; <see cref="GitRepository.NoSha"/> stands for nowhere.</summary>
internal sealed record PushCommand(string Name, string Old, string New);
