using System.Globalization;
using Idp.Entities;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Reads an ExternalSecret: is its Secret there, made from its present wording?</summary>
/// <remarks>
/// <c>status.syncedResourceVersion</c> starts with the generation that was synced last; a failure does not move it.
/// https://external-secrets.io/latest/api/externalsecret/
/// </remarks>
internal static class SecretState
{
    /// <summary>The state of an ExternalSecret.</summary>
    public static ChildState Of(KubeObject externalSecret)
    {
        var status = new Reading(externalSecret.ToJson())["status"];
        var ready = status["conditions"].Condition("Ready");
        var name = $"ExternalSecret {externalSecret.Key}";
        if (!ready.IsPresent)
        {
            return ChildState.Progressing(Reasons.Progressing, $"{name}: the External Secrets Operator has not looked at it yet.");
        }

        var reason = ready["reason"].Text is { Length: > 0 } word ? word : "SecretSyncedError";
        if (ready["status"].Text != "True")
        {
            return ChildState.Failed(
                reason, $"{name}: {ready["message"].Text}. Check that each remoteRef is in the secret store and may be read.");
        }

        // Both are Ready=True although there is no Secret.
        if (reason is "SecretDeleted" or "SecretMissing")
        {
            return ChildState.Failed(reason, $"{name}: there is no Secret: {ready["message"].Text}");
        }

        return IsCurrent(status["syncedResourceVersion"].Text, externalSecret.Metadata.Generation)
            ? ChildState.Ready(reason, $"{name}: {ready["message"].Text}")
            : ChildState.Progressing(Reasons.Progressing, $"{name}: its last change has not been synced yet.");
    }

    private static bool IsCurrent(string synced, long generation) =>
        synced.Split('-')[0] == generation.ToString(CultureInfo.InvariantCulture);
}
