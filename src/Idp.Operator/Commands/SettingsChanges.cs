using Idp.Entities;
using Idp.Kubernetes.Controllers;
using Idp.Operator.Settings;
using Microsoft.Extensions.Hosting;

namespace Idp.Operator.Commands;

/// <summary>Looks at everything again, without haste, after the platform's settings changed.</summary>
internal sealed class SettingsChanges(
    PlatformSettingsSource settings, EntityRequeueAll<BackendApp> apps, EntityRequeueAll<ApplicationEnvironment> environments)
    : IHostedService
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        settings.Changed += LookAgain;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        settings.Changed -= LookAgain;
        return Task.CompletedTask;
    }

    private void LookAgain(PlatformSettings _)
    {
        apps(Within);
        environments(Within);
    }
}
