using Idp.Kubernetes.Apply;
using Idp.Operator.Settings;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Keeps what brings Argo CD its credentials, which all environments share, one write at a time.</summary>
internal sealed class SharedCredentials(Applier applier) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Makes them as <c>platform.yaml</c> has them, and takes away those that it names no more.</summary>
    /// <returns>Those that are not as wanted.</returns>
    public async Task<IReadOnlyList<AppliedObject>> ApplyAsync(
        PlatformSettings settings, Observation before, CancellationToken cancellationToken)
    {
        var wanted = RepositoryCredentials.Make(settings);
        if (wanted.Count == 0 && before.Credentials.Count == 0)
        {
            return [];
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            var report = await applier.ApplyAsync(
                RepositoryCredentials.Ownership, wanted, EnvironmentInventory.Of(before.Credentials), cancellationToken);
            return [.. report.Objects.Where(applied => !applied.Succeeded)];
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();
}
