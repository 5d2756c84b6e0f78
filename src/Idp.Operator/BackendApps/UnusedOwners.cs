using Idp.Entities;
using Idp.Kubernetes.Cache;
using Idp.Operator.Repositories;
using Idp.Operator.Settings;
using Microsoft.Extensions.Hosting;

namespace Idp.Operator.BackendApps;

/// <summary>Lets the memory of GitHub owners go of whom no application is left: the client with its token, its limits and its metrics.</summary>
/// <remarks>By what there is, and not by what went: an owner is also lost by an edit, or by the transfer of a repository.</remarks>
internal sealed class UnusedOwners(GitHubAccess access, IObjectReader objects, PlatformSettingsSource settings, TimeProvider clock) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private static readonly AppIndexer[] Owners =
    [
        new(app => app.Spec.Repository?.Owner?.ToLowerInvariant()),
        new(app => app.Status.Repository?.Owner.ToLowerInvariant()),
        new(app => app.Status.DeploymentRepository?.Owner.ToLowerInvariant()),
    ];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            access.LetGo(IsUsed);
        }
    }

    private bool IsUsed(string owner) =>
        string.Equals(owner, settings.Current.GitHub.Owner, StringComparison.OrdinalIgnoreCase)
        || Owners.Any(indexer => objects.List(BackendApp.ResourceKind, indexer, owner.ToLowerInvariant()).Count > 0);
}
