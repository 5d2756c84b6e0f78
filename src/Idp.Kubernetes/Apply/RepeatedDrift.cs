namespace Idp.Kubernetes.Apply;

/// <summary>How often one object drifted and was corrected, and by whom it was changed.</summary>
/// <param name="Intent">What is wanted; another intent is another matter.</param>
/// <param name="Corrections">How often it was corrected, each time soon after the last.</param>
/// <param name="At">When it was corrected last.</param>
/// <param name="Pause">How long it is left as others have it before it is corrected again.</param>
/// <param name="Fields">What was changed.</param>
/// <param name="Managers">The field managers that changed it, as far as that shows.</param>
internal sealed record RepeatedDrift(
    string Intent, int Corrections, long At, TimeSpan Pause, IReadOnlyList<string> Fields, IReadOnlyList<string> Managers)
{
    /// <summary>Says who does what to which object, and what helps. The same each time, because it becomes a condition.</summary>
    public string Describe(DesiredObject wanted)
    {
        var managers = Managers.Count == 0 ? "somebody else" : string.Join(", ", Managers);
        return $"the {wanted} is contested: {managers} rewrites {string.Join(", ", Fields)} whenever it is corrected, so it is corrected ever"
            + $" more rarely. Have {managers} leave what is ours alone, or change here what is wanted";
    }
}
