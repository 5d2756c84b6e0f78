using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Octokit;
using Octokit.Internal;

namespace Idp.GitHub;

/// <summary>Writes and reads our own bodies by source-generated code, and Octokit's models by its own reflection.</summary>
internal sealed class OctokitJson : IJsonSerializer
{
    private const DynamicallyAccessedMemberTypes Made = DynamicallyAccessedMemberTypes.PublicConstructors;

    private readonly SimpleJsonSerializer _models = new();

    /// <summary>Names what is only ever made by reflection while a model is read: code for it is compiled ahead for nobody else.</summary>
    [DynamicDependency(Made, typeof(List<CheckRun>))]
    [DynamicDependency(Made, typeof(List<CommitStatus>))]
    [DynamicDependency(Made, typeof(List<GitHubCommitFile>))]
    [DynamicDependency(Made, typeof(List<Octokit.GitReference>))]
    [DynamicDependency(Made, typeof(List<Label>))]
    [DynamicDependency(Made, typeof(List<Octokit.PullRequest>))]
    [DynamicDependency(Made, typeof(List<string>))]
    [DynamicDependency(Made, typeof(List<Team>))]
    [DynamicDependency(Made, typeof(List<User>))]
    [DynamicDependency(Made, typeof(StringEnum<AccountType>))]
    [DynamicDependency(Made, typeof(StringEnum<CheckConclusion>))]
    [DynamicDependency(Made, typeof(StringEnum<CheckStatus>))]
    [DynamicDependency(Made, typeof(StringEnum<CommitState>))]
    [DynamicDependency(Made, typeof(StringEnum<ContentType>))]
    [DynamicDependency(Made, typeof(StringEnum<InstallationReadPermissionLevel>))]
    [DynamicDependency(Made, typeof(StringEnum<InstallationReadWriteAdminPermissionLevel>))]
    [DynamicDependency(Made, typeof(StringEnum<InstallationReadWritePermissionLevel>))]
    [DynamicDependency(Made, typeof(StringEnum<InstallationRepositorySelection>))]
    [DynamicDependency(Made, typeof(StringEnum<InstallationWritePermissionLevel>))]
    [DynamicDependency(Made, typeof(StringEnum<ItemState>))]
    [DynamicDependency(Made, typeof(StringEnum<LockReason>))]
    [DynamicDependency(Made, typeof(StringEnum<MergeableState>))]
    [DynamicDependency(Made, typeof(StringEnum<TeamPrivacy>))]
    [DynamicDependency(Made, typeof(StringEnum<VerificationReason>))]
    public OctokitJson()
    {
    }

    /// <inheritdoc/>
    public string Serialize(object item) => item is RepositoryChange change ? change.Body.ToJsonString()
        : Own(item.GetType()) is { } own ? JsonSerializer.Serialize(item, own)
        : _models.Serialize(item);

    /// <inheritdoc/>
    public T Deserialize<T>(string json) =>
        Own(typeof(T)) is JsonTypeInfo<T> own ? JsonSerializer.Deserialize(json, own)! : _models.Deserialize<T>(json);

    private static JsonTypeInfo? Own(Type type) => GitHubJson.Default.GetTypeInfo(type) ?? AdministrationJson.Default.GetTypeInfo(type);
}
