using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Idp.Sandbox.StandIns.ArgoCd;

/// <summary>What Git wants: the commit, and the objects that its manifests make.</summary>
internal sealed record Manifests(string Revision, IReadOnlyList<JsonObject> Objects);

/// <summary>Argo CD's repository server: asks Git once in an interval and when it hears of a change, builds each commit once.</summary>
internal sealed class ManifestSource(
    GitRepositories git, KustomizeBuild kustomize, string workDirectory, TimeProvider clock, TimeSpan interval)
{
    private readonly ConcurrentDictionary<(string Url, string Revision), (string Commit, int Changes, DateTimeOffset At)> _resolved = new();
    private readonly ConcurrentDictionary<string, int> _changes = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Built> _built = new(StringComparer.Ordinal);

    /// <summary>How often a repository is asked for news.</summary>
    public TimeSpan Interval => interval;

    /// <summary>The manifests of the commit that the target revision stands for.</summary>
    /// <param name="spec">The Application's spec.</param>
    /// <param name="refresh">Whether to ask Git although the interval has not passed.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ManifestException">They cannot be had.</exception>
    public async Task<Manifests> LoadAsync(ApplicationSpec spec, bool refresh, CancellationToken cancellationToken)
    {
        var commit = await ResolveAsync(spec, refresh, cancellationToken);
        var source = $"{commit} {spec.Source.ToJsonString()}";
        if (_built.TryGetValue(spec.Name, out var built) && built.Source == source)
        {
            return built.Result();
        }

        built = await BuildAsync(spec, commit, source, cancellationToken);
        _built[spec.Name] = built;
        return built.Result();
    }

    /// <summary>Asks Git for this repository at the next look, whenever it was asked last.</summary>
    /// <param name="repository">Its full name, such as <c>acme/orders</c>.</param>
    public void Hear(string repository) => _changes.AddOrUpdate(repository, 1, static (_, count) => count + 1);

    /// <summary>The full name of the repository at a URL, whatever server it is on.</summary>
    public static string FullName(string url)
    {
        var plain = url.EndsWith(".git", StringComparison.OrdinalIgnoreCase) ? url[..^4] : url;
        return string.Join('/', plain.Split('/').TakeLast(2));
    }

    /// <summary>Forgets an Application that is gone.</summary>
    public void Forget(string application) => _built.TryRemove(application, out _);

    private async Task<string> ResolveAsync(ApplicationSpec spec, bool refresh, CancellationToken cancellationToken)
    {
        var key = (spec.RepoUrl, spec.TargetRevision);
        var now = clock.GetUtcNow();
        // Taken before Git is asked: what changes meanwhile is asked for again.
        var changes = _changes.GetValueOrDefault(FullName(spec.RepoUrl));
        if (!refresh && _resolved.TryGetValue(key, out var known) && known.Changes == changes && now - known.At < interval)
        {
            return known.Commit;
        }

        var commit = await git.ResolveAsync(spec.RepoUrl, spec.TargetRevision, cancellationToken);
        _resolved[key] = (commit, changes, now);
        return commit;
    }

    // A build that failed is remembered too: the same commit fails the same way.
    private async Task<Built> BuildAsync(
        ApplicationSpec spec, string commit, string source, CancellationToken cancellationToken)
    {
        var checkout = Path.Combine(workDirectory, Guid.NewGuid().ToString("N"));
        try
        {
            await git.CheckOutAsync(spec.RepoUrl, commit, checkout, cancellationToken);
            var objects = await kustomize.RunAsync(
                checkout, spec.Path, spec.Source["kustomize"] as JsonObject, cancellationToken);
            return new Built(source, new Manifests(commit, objects), null);
        }
        catch (ManifestException exception)
        {
            return new Built(source, null, exception.Message);
        }
        finally
        {
            if (Directory.Exists(checkout))
            {
                Directory.Delete(checkout, recursive: true);
            }
        }
    }

    private sealed record Built(string Source, Manifests? Manifests, string? Failure)
    {
        public Manifests Result() => Manifests ?? throw new ManifestException(Failure ?? "");
    }
}
