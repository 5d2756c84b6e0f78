using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Cache;

/// <summary>Which objects are to be kept in memory.</summary>
/// <param name="Kind">Their kind; it need not be served yet.</param>
/// <param name="LabelSelector">Which of them; null for all.</param>
/// <param name="MetadataOnly">Whether metadata is enough.</param>
internal sealed record InformerRequest(ResourceKind Kind, string? LabelSelector = null, bool MetadataOnly = false);
