namespace Idp.Kubernetes.Apply;

/// <summary>How a live object is not as wanted.</summary>
public enum DifferenceKind
{
    /// <summary>A wanted field is not there.</summary>
    Missing,

    /// <summary>A wanted field has another value.</summary>
    Changed,

    /// <summary>A field that we set before is no longer wanted, and still there.</summary>
    NoLongerWanted,

    /// <summary>A wanted field has the right value and is not ours: somebody wrote there.</summary>
    NotOwned,
}
