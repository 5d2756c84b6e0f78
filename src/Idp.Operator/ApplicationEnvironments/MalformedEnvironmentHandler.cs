using System.Text.Json;
using Idp.Entities;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Model;
using Idp.Operator.Reporting;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Tells the owner of an environment that does not fit its type.</summary>
internal sealed class MalformedEnvironmentHandler(MalformedReporter reporter) : IMalformedEntityHandler<ApplicationEnvironment>
{
    /// <inheritdoc/>
    public Task HandleAsync(KubeObject live, JsonException problem, CancellationToken cancellationToken) =>
        reporter.WriteAsync(live, problem, EnvironmentStates.Types, cancellationToken);
}
