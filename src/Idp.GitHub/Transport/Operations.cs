using System.Collections.Frozen;

namespace Idp.GitHub;

/// <summary>The names of the operations, as meters show them.</summary>
internal static class Operations
{
    public const string GetInstallation = "get_installation";
    public const string CreateInstallationToken = "create_installation_token";
    public const string GetRepository = "get_repository";
    public const string CreateRepository = "create_repository";
    public const string GenerateRepository = "generate_repository";
    public const string UpdateRepository = "update_repository";
    public const string DeleteRepository = "delete_repository";
    public const string ReplaceTopics = "replace_topics";
    public const string GetCommit = "get_commit";
    public const string GetContents = "get_contents";
    public const string GetFile = "get_file";
    public const string GetBranch = "get_branch";
    public const string GetHeadCommit = "get_head_commit";

    /// <summary>Those that create content, for which GitHub has limits of its own.</summary>
    /// <remarks>GitHub does not list them; everything that leaves something is taken for one, but pushes: those are none of the API's.</remarks>
    public static readonly FrozenSet<string> CreateContent = FrozenSet.ToFrozenSet(
        [CreateRepository, GenerateRepository], StringComparer.Ordinal);
}
