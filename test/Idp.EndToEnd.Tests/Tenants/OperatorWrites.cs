using Idp.Testing.Proxy;

namespace Idp.EndToEnd.Tests.Tenants;

/// <summary>Counts what the operator asks of GitHub and writes to the API server from one moment on.</summary>
internal sealed class OperatorWrites
{
    private readonly FaultProxy _apiServer;
    private readonly string _log;
    private readonly int _since;
    private readonly long _sinceLine;

    private OperatorWrites(TenantsPlatform platform)
    {
        _apiServer = platform.ApiServer;
        _log = Path.Combine(platform.Sandbox.Directory, "github", "requests.log");
        (_since, _sinceLine) = (_apiServer.LastNumber, new FileInfo(_log).Length);
    }

    /// <summary>Begins to count.</summary>
    public static OperatorWrites Begin(TenantsPlatform platform) => new(platform);

    /// <summary>The writes to the API server, by method and path, but for the lease and those that are allowed.</summary>
    /// <param name="isAllowed">Whether a path may be written to.</param>
    public IReadOnlyList<string> ToApiServer(Func<string, bool> isAllowed) =>
    [
        .. _apiServer.RequestsAfter(_since)
            .Where(request => request.IsWrite && request.Resource != "leases" && !isAllowed(request.Path))
            .Select(request => request.ToString()),
    ];

    /// <summary>The requests to GitHub's API and to Git that were no attacker's and no reads, as the server's log has them.</summary>
    public IReadOnlyList<string> ToGitHub() => [.. AskedOfGitHub().Where(line => !IsRead(line))];

    /// <summary>All requests to GitHub that were no attacker's and none of those by which Argo CD fetches.</summary>
    public IReadOnlyList<string> AskedOfGitHub()
    {
        // The server has the file open to write.
        using var file = new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(_sinceLine, SeekOrigin.Begin);
        using var reader = new StreamReader(file);
        return
        [
            .. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => !line.EndsWith($" {Attacker.Login}", StringComparison.Ordinal) && !line.Contains("git-upload-pack", StringComparison.Ordinal)),
        ];
    }

    private static bool IsRead(string line) => line.Split(' ') is [_, "GET" or "HEAD", ..];
}
