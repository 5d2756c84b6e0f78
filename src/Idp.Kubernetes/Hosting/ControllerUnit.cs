using Idp.Kubernetes.Controllers;

namespace Idp.Kubernetes.Hosting;

/// <summary>A controller with what triggers it.</summary>
internal sealed record ControllerUnit(Controller Controller, IReadOnlyList<Trigger> Triggers);
