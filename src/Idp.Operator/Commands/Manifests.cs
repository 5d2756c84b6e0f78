using Idp.Entities;

namespace Idp.Operator.Commands;

/// <summary>The objects of our kinds that files hold.</summary>
internal sealed record Manifests(IReadOnlyList<BackendApp> Apps, IReadOnlyList<ApplicationEnvironment> Environments);
