using Idp.Kubernetes.Client;
using Idp.Operator.GoldenPaths;
using Idp.Operator.Observability;
using Idp.Operator.Settings;
using Microsoft.Extensions.Logging;

namespace Idp.Operator.Commands;

/// <summary>What must be right before anything starts: settings, golden paths, the way to the cluster.</summary>
internal sealed record Composition(
    PlatformSettingsSource Settings, GoldenPathSource GoldenPaths, KubeConfig? Cluster, OperatorMetrics Metrics, TimeProvider Clock)
{
    /// <summary>The operator's own namespace.</summary>
    public string OperatorNamespace { get; init; } = CommonOptions.OperatorNamespace;

    /// <summary>Reads everything; prints every error to standard error, each with its place.</summary>
    /// <returns>Null where something is wrong.</returns>
    /// <param name="options">Where things are.</param>
    /// <param name="loggers">For what lives on.</param>
    /// <param name="clock">Where time comes from; null for the machine's.</param>
    public static Composition? Read(RunOptions options, ILoggerFactory loggers, TimeProvider? clock = null)
    {
        clock ??= TimeProvider.System;
        var metrics = new OperatorMetrics();
        var settings = PlatformSettingsSource.Start(
            options.Platform.FullName, clock, metrics, loggers.CreateLogger<PlatformSettingsSource>());
        if (!settings.Succeeded)
        {
            return Complain($"{options.Platform.FullName} cannot be used:\n{settings.ErrorText}");
        }

        var goldenPaths = GoldenPathSource.Start(settings.Value, clock, loggers.CreateLogger<GoldenPathSource>());
        if (!goldenPaths.Succeeded)
        {
            return Complain($"The golden paths cannot be used:\n{goldenPaths.ErrorText}");
        }

        return Connect(options) is { } cluster
            ? new Composition(settings.Value, goldenPaths.Value, cluster, metrics, clock)
            : null;
    }

    private static KubeConfig? Connect(RunOptions options)
    {
        try
        {
            return KubeConfig.Load(options.Kubeconfig?.FullName, options.Context);
        }
        catch (KubeConfigException error)
        {
            Complain($"The cluster cannot be reached: {error.Message}");
            return null;
        }
    }

    private static Composition? Complain(string message)
    {
        Console.Error.WriteLine(message);
        return null;
    }
}
