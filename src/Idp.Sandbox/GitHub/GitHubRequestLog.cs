using System.Globalization;
using System.Text;

namespace Idp.Sandbox.GitHub;

/// <summary>
/// Counts the requests that a <see cref="GitHubServer"/> got, and writes one line for each into a file.
/// </summary>
/// <remarks>
/// A line is time, method, path, status and, for one of <see cref="GitHubServerOptions.Members"/>, who asked; a status of 0 means that the
/// connection was dropped on purpose. Headers are not written, so no token is.
/// </remarks>
public sealed class GitHubRequestLog : IDisposable
{
    private readonly Lock _lock = new();
    private readonly StreamWriter _file;
    private readonly TimeProvider _clock;
    private readonly SortedDictionary<string, int> _byOperation = new(StringComparer.Ordinal);

    internal GitHubRequestLog(string path, TimeProvider clock)
    {
        _clock = clock;
        _file = new StreamWriter(path, append: true, new UTF8Encoding(false)) { AutoFlush = true };
    }

    /// <summary>
    /// All requests to the API and all pushes, each of two requests, since the start or the last <see cref="Reset"/>; clones are not among them.
    /// </summary>
    public int Total { get; private set; }

    /// <summary>Those of them that were no reads.</summary>
    public int Writes { get; private set; }

    /// <summary>
    /// Returns the number of requests by operation, such as <c>create_repository</c>; Git's own included.
    /// </summary>
    public IReadOnlyDictionary<string, int> ByOperation()
    {
        lock (_lock)
        {
            return new Dictionary<string, int>(_byOperation);
        }
    }

    /// <summary>Starts counting anew; the file goes on.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            (Total, Writes) = (0, 0);
            _byOperation.Clear();
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    internal void Add(string method, string target, string operation, int status, string? member)
    {
        var time = _clock.GetUtcNow().UtcDateTime.ToString(
            "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        lock (_lock)
        {
            if (!operation.StartsWith("git_", StringComparison.Ordinal) || operation.StartsWith("git_receive_pack", StringComparison.Ordinal))
            {
                Total++;
                Writes += method is "GET" or "HEAD" ? 0 : 1;
            }

            _byOperation[operation] = _byOperation.GetValueOrDefault(operation) + 1;
            _file.WriteLine($"{time} {method} {Idp.GitHub.Redaction.Redact(target)} {status}{(member is null ? "" : $" {member}")}");
        }
    }
}
