using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Operator.Commands;

/// <summary>The cluster that a plan looks at, and the settings that the operator has there.</summary>
/// <param name="Config">The way to it; null where none is asked.</param>
/// <param name="SettingsFrom">Where in the cluster the settings are.</param>
/// <param name="Settings">Their text; null where it cannot be read.</param>
/// <param name="Remark">Why there is no cluster, or no text; for people.</param>
internal sealed record PlanCluster(KubeConfig? Config, string SettingsFrom, string? Settings, string? Remark)
{
    private const string ConfigMapName = "idp-platform";
    private const string Key = "platform.yaml";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Asks the cluster once, and not for long.</summary>
    public static async Task<PlanCluster> FindAsync(PlanOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var configMap = new ObjectKey(options.OperatorNamespace, ConfigMapName);
        var none = new PlanCluster(null, $"ConfigMap {configMap}", null, null);
        if (options.Offline)
        {
            return none;
        }

        KubeConfig config;
        try
        {
            config = KubeConfig.Load(options.Kubeconfig?.FullName, options.Context);
        }
        catch (KubeConfigException error)
        {
            return none with { Remark = error.Message };
        }

        return await AskAsync(none with { Config = config }, configMap, clock, cancellationToken);
    }

    private static async Task<PlanCluster> AskAsync(
        PlanCluster found, ObjectKey configMap, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var client = KubeClient.Create(found.Config!, new KubeClientSettings { UserAgent = PlanWorld.UserAgent, Clock = clock });
        try
        {
            var live = await client.FindAsync(WellKnownKinds.ConfigMap, configMap, either.Token);
            var text = live?.ToJson()["data"]?[Key]?.GetValue<string>();
            return found with { Settings = text, Remark = text is null ? $"there is no {found.SettingsFrom} with {Key}" : null };
        }
        catch (ForbiddenException)
        {
            return found with { Remark = $"you may not read {found.SettingsFrom}" };
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return found with { Config = null, Remark = $"{found.Config!.Server} does not answer within {Patience.TotalSeconds:0} s" };
        }
        catch (Exception error) when (error is KubeException or KubeConfigException)
        {
            return found with { Config = null, Remark = error.Message };
        }
    }
}
