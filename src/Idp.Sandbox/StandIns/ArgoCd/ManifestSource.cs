using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Idp.Sandbox.StandIns.ArgoCd;

/// <summary>What Git wants: the commit, and the objects that its manifests make.</summary>
internal sealed record Manifests(string Revision, IReadOnlyList<JsonObject> Objects);

/// <summary>Argo CD's repository server: asks Git no more often than the interval, builds each commit once.</summary>
internal sealed class ManifestSource(
    GitRepositories git, KustomizeBuild kustomize, string workDirectory, TimeProvider clock, TimeSpan interval)
{
    private readonly ConcurrentDictionary<(string Url, string Revision), (string Commit, DateTimeOffset At)> _resolved = new();
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

    /// <summary>Forgets an Application that is gone.</summary>
    public void Forget(string application) => _built.TryRemove(application, out _);

    private async Task<string> ResolveAsync(ApplicationSpec spec, bool refresh, CancellationToken cancellationToken)
    {
        var key = (spec.RepoUrl, spec.TargetRevision);
        var now = clock.GetUtcNow();
        if (!refresh && _resolved.TryGetValue(key, out var known) && now - known.At < interval)
        {
            return known.Commit;
        }

        var commit = await git.ResolveAsync(spec.RepoUrl, spec.TargetRevision, cancellationToken);
        _resolved[key] = (commit, now);
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
