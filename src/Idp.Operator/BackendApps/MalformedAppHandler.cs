using System.Text.Json;
using Idp.Entities;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Model;
using Idp.Operator.Reporting;

namespace Idp.Operator.BackendApps;

/// <summary>Tells the user of a BackendApp that does not fit its type.</summary>
internal sealed class MalformedAppHandler(MalformedReporter reporter) : IMalformedEntityHandler<BackendApp>
{
    /// <inheritdoc/>
    public Task HandleAsync(KubeObject live, JsonException problem, CancellationToken cancellationToken) =>
        reporter.WriteAsync(
            live, problem, [Conditions.RepositoryReady, Conditions.RepositoryConfigured, Conditions.EnvironmentsReady, Conditions.TemplateCurrent], cancellationToken);
}
