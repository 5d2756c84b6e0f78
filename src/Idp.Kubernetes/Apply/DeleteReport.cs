namespace Idp.Kubernetes.Apply;

/// <summary>How far a deletion has come.</summary>
/// <param name="Remaining">What is still there, the one that is waited for first.</param>
/// <param name="Notes">What people may want to know, such as what was left where it is.</param>
public sealed record DeleteReport(IReadOnlyList<RemainingObject> Remaining, IReadOnlyList<string> Notes)
{
    /// <summary>Whether nothing is left to wait for.</summary>
    public bool Done => Remaining.Count == 0;
}
