namespace Idp.Kubernetes.Hosting;

/// <summary>How one controller is put together once everything that it needs is known.</summary>
internal sealed record ControllerRegistration(Func<IServiceProvider, ControllerUnit> Build);
