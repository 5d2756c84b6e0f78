using Idp.Entities;
using Idp.Kubernetes.Controllers;
using Idp.Operator.GoldenPaths;
using Idp.Operator.Settings;
using Microsoft.Extensions.Hosting;

namespace Idp.Operator.Commands;

/// <summary>Looks at everything again, without haste, after the platform's settings or golden paths changed.</summary>
internal sealed class SettingsChanges(
    PlatformSettingsSource settings,
    GoldenPathSource goldenPaths,
    EntityRequeueAll<BackendApp> apps,
    EntityRequeueAll<ApplicationEnvironment> environments)
    : IHostedService
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        settings.Changed += LookAgain;
        goldenPaths.Changed += LookAtApps;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        settings.Changed -= LookAgain;
        goldenPaths.Changed -= LookAtApps;
        return Task.CompletedTask;
    }

    private void LookAgain(PlatformSettings _)
    {
        LookAtApps();
        environments(Within);
    }

    private void LookAtApps() => apps(Within);
}
