using Idp.Entities;
using Idp.Kubernetes.Apply;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Says of a repository that Argo CD may not read what the platform knows of its credentials.</summary>
internal static class RepositoryAccess
{
    /// <summary>The state of the delivery; with one more sentence where it is a refusal.</summary>
    /// <param name="delivery">The state by what the Application says.</param>
    /// <param name="target">The environment.</param>
    /// <param name="world">What is there.</param>
    /// <param name="report">How the writing went; null where nothing was to be written.</param>
    public static ChildState Explain(ChildState delivery, Target target, Observation world, ApplyReport? report) =>
        delivery.Reason == Reasons.RepositoryAccessMissing
            ? delivery with { Message = $"{delivery.Message} {Known(target, world, report)}" }
            : delivery;

    private static string Known(Target target, Observation world, ApplyReport? report)
    {
        if (RepositoryCredentials.EntryFor(target.Settings, target.Spec.Source.RepoUrl) is not { } entry)
        {
            return "No entry of argocd.repositoryCredentials in platform.yaml is for it.";
        }

        var key = RepositoryCredentials.KeyOf(target.Settings, entry.Owner);
        var written = report?.Objects.FirstOrDefault(applied => applied.Desired.Kind == ChildKinds.ExternalSecret && applied.Desired.Key == key);
        if (written is { Succeeded: false })
        {
            return $"ExternalSecret {key}, which brings them, is not as it should be: {written.Message}.";
        }

        if (world.Credentials.FirstOrDefault(live => live.Key == key) is not { } live)
        {
            return $"ExternalSecret {key}, which brings them, is not there yet.";
        }

        var state = SecretState.Of(live);
        return state.Outlook == Outlook.Settled
            ? $"ExternalSecret {key} has brought those of {entry.Owner}: may they read this repository?"
            : state.Message;
    }
}
