using Idp.Entities;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Reads a namespace: is it there, or on its way out?</summary>
internal static class NamespaceState
{
    /// <summary>The state of a namespace whose guardrails are there.</summary>
    public static ChildState Of(KubeObject home)
    {
        if (!home.Metadata.IsDeleting)
        {
            return ChildState.Ready(Reasons.Succeeded, $"Namespace {home.Key.Name} and its guardrails are there.");
        }

        var held = TroubleOf(home);
        return ChildState.Progressing(
            Reasons.DependencyNotReady,
            $"Namespace {home.Key.Name} is being deleted and is made again when it is gone{(held.Length == 0 ? "" : $": {held}")}.");
    }

    /// <summary>What holds up the deletion of a namespace, in the words of its own conditions.</summary>
    public static string TroubleOf(KubeObject home) => string.Join("; ", new Reading(home.ToJson())["status"]["conditions"].Items
        .Where(condition => condition["status"].Text == "True")
        .Select(condition => condition["message"].Text.TrimEnd('.'))
        .Where(message => message.Length > 0));
}
