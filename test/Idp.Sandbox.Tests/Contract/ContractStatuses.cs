using Idp.Sandbox.Tests.GitHub;

namespace Idp.Sandbox.Tests.Contract;

/// <summary>The requests of <see cref="StatusTest"/>, many of them wrong on purpose: their answers have to be right all the same.</summary>
internal static class ContractStatuses
{
    // GitHub does not document these paths, so the proxy does not let them through.
    private static readonly string[] Undocumented = ["nothing", "repos/acme/app/", "repos/acme/app/git/ref/heads/main", "repos/acme/app/git/ref/heads"];

    public static IReadOnlyList<ContractCall> All { get; } =
    [
        .. Calls(StatusTest.OfAnEmptyRepository, empty: true),
        .. Calls(StatusTest.OfAFilledRepository, empty: false),
    ];

    private static IEnumerable<ContractCall> Calls(IEnumerable<object?[]> rows, bool empty) =>
        from row in rows
        let method = (string)row[0]!
        let path = (string)row[1]!
        where !Undocumented.Contains(path)
        select new ContractCall($"{method} {path} {row[2]}", async session =>
        {
            await session.AskAsync("DELETE", "repos/acme/app", null);
            await session.AskAsync("POST", "orgs/acme/repos", """{"name":"app","visibility":"private"}""");
            if (!empty)
            {
                await session.AskAsync("PUT", "repos/acme/app/contents/README.md", """{"message":"m","content":"eA=="}""");
            }

            (await session.AskAsync(method, path, (string?)row[2])).Status.Should().Be((int)row[3]!);
        });
}
