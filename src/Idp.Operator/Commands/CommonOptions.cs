using System.CommandLine;
using Microsoft.Extensions.Logging;

namespace Idp.Operator.Commands;

/// <summary>Options that several verbs take.</summary>
internal static class CommonOptions
{
    /// <summary>Where the operator's own Deployment mounts the platform's settings.</summary>
    public const string MountedSettings = "/etc/idp/platform.yaml";

    /// <summary>The namespace that the operator is installed in.</summary>
    public const string OperatorNamespace = "idp-system";

    /// <summary>Where the platform's settings are.</summary>
    public static Option<FileInfo> Platform() => Valued("--platform", "FILE", "The platform team's settings.", new FileInfo(MountedSettings));

    /// <summary>How to reach the cluster.</summary>
    public static Option<FileInfo?> Kubeconfig() => Valued<FileInfo?>(
        "--kubeconfig", "FILE", "The kubeconfig; default: $KUBECONFIG, then ~/.kube/config, then the pod's service account.");

    /// <summary>Which context of the kubeconfig.</summary>
    public static Option<string?> Context() => Valued<string?>("--context", "NAME", "The context of the kubeconfig; default: the current one.");

    /// <summary>An option that takes a value.</summary>
    /// <param name="name">The option.</param>
    /// <param name="value">What the help calls its value.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="otherwise">Its value where it is not given; null for none.</param>
    public static Option<T> Valued<T>(string name, string value, string description, T? otherwise = default)
    {
        var option = new Option<T>(name) { Description = description, HelpName = value };
        if (otherwise is not null)
        {
            option.DefaultValueFactory = _ => otherwise;
        }

        return option;
    }
}

/// <summary>What the process says when it ends.</summary>
internal static class ExitCodes
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>The manifest cannot be carried out; the output says why.</summary>
    public const int Refused = 1;

    /// <summary>The command line, a file or the cluster's address is not usable.</summary>
    public const int Usage = 2;
}

/// <summary>How the process logs.</summary>
internal static class OperatorLogging
{
    /// <summary>One line per entry on standard error, in UTC; <c>IDP_LOG_LEVEL</c> sets the level, <c>IDP_LOG_FORMAT=json</c> the form.</summary>
    public static ILoggingBuilder AddOperatorLogging(this ILoggingBuilder logging)
    {
        var level = Enum.TryParse<LogLevel>(Environment.GetEnvironmentVariable("IDP_LOG_LEVEL"), ignoreCase: true, out var wanted)
            ? wanted
            : LogLevel.Information;
        logging.SetMinimumLevel(level);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", level);
        if (Environment.GetEnvironmentVariable("IDP_LOG_FORMAT") == "json")
        {
            return logging.AddJsonConsole(options =>
            {
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "O";
                options.IncludeScopes = true;
            });
        }

        return logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "HH:mm:ss.fff ";
            options.IncludeScopes = true;
        });
    }
}
