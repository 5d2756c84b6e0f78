namespace Idp.Entities;

/// <summary>The reasons that our conditions give; docs/kinds says for each what to do.</summary>
public static class Reasons
{
    /// <summary>It is as it should be.</summary>
    public const string Succeeded = "Succeeded";

    /// <summary>On the way; nothing to do but wait.</summary>
    public const string Progressing = "Progressing";

    /// <summary>The last attempt failed and will be repeated.</summary>
    public const string ProgressingWithRetry = "ProgressingWithRetry";

    /// <summary>The manifest says <c>suspend</c>.</summary>
    public const string Suspended = "Suspended";

    /// <summary>Something that must come first is not ready yet.</summary>
    public const string DependencyNotReady = "DependencyNotReady";

    /// <summary>A kind or an object that is needed does not exist in the cluster.</summary>
    public const string DependencyMissing = "DependencyMissing";

    /// <summary>An object of that name exists and is not ours.</summary>
    public const string ResourceConflict = "ResourceConflict";

    /// <summary>Somebody rewrites an object of ours whenever it is corrected; the message names the fields and who.</summary>
    public const string FieldContested = "FieldContested";

    /// <summary>The manifest contradicts the rules; the message names the field.</summary>
    public const string InvalidSpec = "InvalidSpec";

    /// <summary>platform.yaml does not grant this to the team.</summary>
    public const string NotGranted = "NotGranted";

    /// <summary>platform.yaml does not configure what this needs.</summary>
    public const string NotConfigured = "NotConfigured";

    /// <summary>The manifest does not ask for it.</summary>
    public const string NotRequested = "NotRequested";

    /// <summary>GitHub asks to wait.</summary>
    public const string GitHubRateLimited = "GitHubRateLimited";

    /// <summary>GitHub does not accept the credentials.</summary>
    public const string GitHubUnauthorized = "GitHubUnauthorized";

    /// <summary>The credentials lack a permission.</summary>
    public const string GitHubPermissionMissing = "GitHubPermissionMissing";

    /// <summary>The organisation's plan lacks a feature of GitHub.</summary>
    public const string GitHubFeatureMissing = "GitHubFeatureMissing";

    /// <summary>GitHub does not do what was asked; the message says why.</summary>
    public const string GitHubRefused = "GitHubRefused";

    /// <summary>GitHub does not answer.</summary>
    public const string GitHubUnavailable = "GitHubUnavailable";

    /// <summary>GitHub's answer, or a file in the repository, is larger than is ever read.</summary>
    public const string GitHubAnswerTooLarge = "GitHubAnswerTooLarge";

    /// <summary>A repository of that name exists and is not ours.</summary>
    public const string RepositoryConflict = "RepositoryConflict";

    /// <summary>The operator's own records of whose a repository is cannot be had.</summary>
    public const string OwnershipUnknown = "OwnershipUnknown";

    /// <summary>The repository is archived.</summary>
    public const string RepositoryArchived = "RepositoryArchived";

    /// <summary>The repository that the manifest made is gone.</summary>
    public const string RepositoryMissing = "RepositoryMissing";

    /// <summary>There is no golden path of that name, or no template repository that it could be made from.</summary>
    public const string TemplateMissing = "TemplateMissing";

    /// <summary>The golden path has errors and cannot be used.</summary>
    public const string TemplateInvalid = "TemplateInvalid";

    /// <summary>The golden path has a newer version, or the manifest other parameters than the repository was made with.</summary>
    public const string TemplateOutdated = "TemplateOutdated";

    /// <summary>The golden path has a newer version, and it is not this repository's turn yet.</summary>
    public const string TemplateWaiting = "TemplateWaiting";

    /// <summary>People closed the pull request that would have brought the newer version.</summary>
    public const string TemplateDeclined = "TemplateDeclined";

    /// <summary>The golden path is no longer to be used.</summary>
    public const string TemplateDeprecated = "TemplateDeprecated";

    /// <summary>The record of what the golden path brought is gone from the repository, or somebody changed it.</summary>
    public const string TemplateLockInvalid = "TemplateLockInvalid";

    /// <summary>The repository no longer holds what the golden path promises.</summary>
    public const string ContractBroken = "ContractBroken";

    /// <summary>The object is being deleted.</summary>
    public const string Deleting = "Deleting";

    /// <summary>Something has to happen before the deletion can go on.</summary>
    public const string DeletionBlocked = "DeletionBlocked";

    /// <summary>Something that is no longer wanted could not be removed.</summary>
    public const string PruneFailed = "PruneFailed";

    /// <summary>Argo CD may not read the repository.</summary>
    public const string RepositoryAccessMissing = "RepositoryAccessMissing";

    /// <summary>It is deployed and not healthy.</summary>
    public const string HealthCheckFailed = "HealthCheckFailed";

    /// <summary>Argo CD could not sync.</summary>
    public const string SyncFailed = "SyncFailed";

    /// <summary>The cluster differs from the repository.</summary>
    public const string OutOfSync = "OutOfSync";

    /// <summary>A change of the schema waits for somebody to approve it.</summary>
    public const string MigrationPendingApproval = "MigrationPendingApproval";

    /// <summary>A change of the schema failed.</summary>
    public const string MigrationFailed = "MigrationFailed";

    /// <summary>The API server refused an object.</summary>
    public const string ApplyFailed = "ApplyFailed";

    /// <summary>It failed; the message says how.</summary>
    public const string Failed = "Failed";
}
