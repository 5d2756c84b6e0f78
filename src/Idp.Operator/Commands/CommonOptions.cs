using System.CommandLine;

namespace Idp.Operator.Commands;

/// <summary>Options that several verbs take.</summary>
internal static class CommonOptions
{
    /// <summary>Where the operator's own Deployment mounts the platform's settings.</summary>
    public const string MountedSettings = "/etc/idp/platform.yaml";

    /// <summary>The namespace that the operator is installed in.</summary>
    public const string OperatorNamespace = "idp-system";

    /// <summary>Where the platform's settings are.</summary>
    public static Option<FileInfo> Platform() => new("--platform")
    {
        Description = "The platform team's settings.",
        HelpName = "FILE",
        DefaultValueFactory = _ => new FileInfo(MountedSettings),
    };

    /// <summary>How to reach the cluster.</summary>
    public static Option<FileInfo?> Kubeconfig() => new("--kubeconfig")
    {
        Description = "The kubeconfig; default: $KUBECONFIG, then ~/.kube/config, then the pod's service account.",
        HelpName = "FILE",
    };

    /// <summary>Which context of the kubeconfig.</summary>
    public static Option<string?> Context() => new("--context")
    {
        Description = "The context of the kubeconfig; default: the current one.",
        HelpName = "NAME",
    };
}
