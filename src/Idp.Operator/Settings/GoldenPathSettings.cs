namespace Idp.Operator.Settings;

/// <summary>Where the templates of new repositories are.</summary>
public sealed record GoldenPathSettings
{
    /// <summary>
    /// Folders that hold one folder per golden path. A relative one is looked up beside the operator's executable, where
    /// the golden paths that come with it are.
    /// </summary>
    public IReadOnlyList<string> Directories { get; init; } = ["golden-paths"];

    /// <summary>The golden path of an application that names none.</summary>
    public string Default { get; init; } = "python-fastapi";
}
