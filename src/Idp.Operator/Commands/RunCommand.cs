using System.CommandLine;
using System.Net;
using Idp.Kubernetes.Hosting;
using Idp.Operator.Observability;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Idp.Operator.Commands;

/// <summary>The verb <c>run</c>: the operator itself.</summary>
internal static class RunCommand
{
    /// <summary>Gives a command the options and the work of <c>run</c>.</summary>
    public static T Configure<T>(T command)
        where T : Command
    {
        var platform = CommonOptions.Platform();
        var kubeconfig = CommonOptions.Kubeconfig();
        var context = CommonOptions.Context();
        var listen = CommonOptions.Valued("--listen", "ADDRESS:PORT", "Where /healthz, /readyz and /metrics are served.", "0.0.0.0:8080");
        var webhook = CommonOptions.Valued<string?>(
            "--webhook-listen", "ADDRESS:PORT", "Where GitHub's webhook (github.webhook in platform.yaml) is served; default: nowhere.");
        webhook.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !IPEndPoint.TryParse(text, out _))
            {
                result.AddError($"--webhook-listen {text} is not an IP address and a port, such as 0.0.0.0:8081.");
            }
        });
        var ns = CommonOptions.Valued<string?>("--namespace", "NAME", "The namespace of the lease; default: the operator's own.");
        var identity = CommonOptions.Valued<string?>(
            "--identity", "NAME", "The name of this replica in the leader election; default: the host's name and a random part.");
        var alone = new Option<bool>("--no-leader-election") { Description = "Work at once, without a lease: for a single process." };
        foreach (var option in new Option[] { platform, kubeconfig, context, listen, webhook, ns, identity, alone })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => RunAsync(
            new RunOptions
            {
                Platform = parsed.GetRequiredValue(platform),
                Kubeconfig = parsed.GetValue(kubeconfig),
                Context = parsed.GetValue(context),
                Listen = parsed.GetRequiredValue(listen),
                WebhookListen = parsed.GetValue(webhook) is { } text ? IPEndPoint.Parse(text) : null,
                Namespace = parsed.GetValue(ns),
                Identity = parsed.GetValue(identity),
                Alone = parsed.GetValue(alone),
            },
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(RunOptions options, CancellationToken cancellationToken)
    {
        using var loggers = LoggerFactory.Create(logging => logging.AddOperatorLogging());
        if (Composition.Read(options, loggers) is not { } composition)
        {
            return ExitCodes.Usage;
        }

        // Settings come from platform.yaml and options: to watch the working directory for others costs a start, and every log line in it.
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.WebHost.UseUrls($"http://{options.Listen}");

        // A part that is missing stops the start, not the first reconcile that needs it.
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateOnBuild = true);
        builder.Logging.ClearProviders().AddOperatorLogging();
        builder.Services.AddPlatform(composition, options);
        await using var app = builder.Build();
        app.MapKubernetesHealth();
        app.MapMetrics();
        await app.RunAsync(cancellationToken);
        return Environment.ExitCode;
    }
}

/// <summary>What the command line of <c>run</c> says.</summary>
internal sealed record RunOptions
{
    public required FileInfo Platform { get; init; }

    public FileInfo? Kubeconfig { get; init; }

    public string? Context { get; init; }

    public string Listen { get; init; } = "127.0.0.1:0";

    /// <summary>Where GitHub's webhook is served; null for nowhere.</summary>
    public IPEndPoint? WebhookListen { get; init; }

    public string? Identity { get; init; }

    public string? Namespace { get; init; }

    public bool Alone { get; init; }
}
