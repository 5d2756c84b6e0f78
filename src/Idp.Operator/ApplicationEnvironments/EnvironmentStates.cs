using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>The state of every part of an environment, by the condition that tells it.</summary>
internal static class EnvironmentStates
{
    /// <summary>The conditions, each of which is always told.</summary>
    public static IReadOnlyList<string> Types { get; } =
    [
        Conditions.NamespaceReady, Conditions.SecretsReady, Conditions.DatabaseReady, Conditions.SchemaReady,
        Conditions.DeliveryReady,
    ];

    /// <summary>Reads all parts.</summary>
    public static IReadOnlyDictionary<string, ChildState> Of(
        ApplicationEnvironmentPlan plan, Observation world, ApplyReport? report, DateTimeOffset now)
    {
        if (plan.Problem is { } problem)
        {
            var unknown = new ChildState(
                ConditionStatus.Unknown, problem.Reason, $"Not looked at: {problem.Message}", Outlook.Failed);
            return Types.ToDictionary(type => type, _ => unknown);
        }

        var states = new Dictionary<string, ChildState>();
        foreach (var section in plan.Sections)
        {
            states[section.Condition] = SectionState.Of(
                section, world, report, live => Read(section, live, plan.Target, world, now));
        }

        states[Conditions.DeliveryReady] = RepositoryAccess.Explain(states[Conditions.DeliveryReady], plan.Target, world, report);
        return Dependent(states);
    }

    private static ChildState Read(
        PlanSection section, IReadOnlyList<KubeObject> live, Target target, Observation world, DateTimeOffset now) =>
        section.Condition switch
        {
            Conditions.NamespaceReady => NamespaceState.Of(live[0]),
            Conditions.SecretsReady => ChildState.Worst(live.Select(SecretState.Of)),
            Conditions.DeliveryReady => DeliveryState.Of(live[0], DeliveryPlan.ContractOf(target)),
            Conditions.SchemaReady => SchemaOf(live, target, world, now),
            _ => ProviderOf(live[0]),
        };

    private static ChildState ProviderOf(KubeObject live) =>
        live.Kind == ChildKinds.Cluster ? ClusterState.Of(live) : SecretState.Of(live);

    private static ChildState SchemaOf(
        IReadOnlyList<KubeObject> live, Target target, Observation world, DateTimeOffset now)
    {
        var waiting = ReadySince(target, world);
        var tables = live.Where(item => item.Kind == ChildKinds.Table).ToList();
        var worst = ChildState.Worst(tables.Select(table => TableState.Of(table, world.Migrations, waiting, now)));
        return worst.Outlook == Outlook.Settled
            ? ChildState.Ready(Reasons.Succeeded, $"{tables.Count} of {tables.Count} tables are as the manifest says.")
            : worst;
    }

    /// <summary>Since when the database takes connections, as its provider says.</summary>
    private static DateTimeOffset ReadySince(Target target, Observation world)
    {
        var key = new ObjectKey(target.Namespace, target.Names.Database);
        var provider = world.Find(ChildKinds.Cluster, key) ?? world.Find(ChildKinds.ExternalSecret, key);
        return new Reading(provider?.ToJson())["status"]["conditions"].Condition("Ready")["lastTransitionTime"].Time
            ?? DateTimeOffset.UnixEpoch;
    }

    /// <summary>A schema cannot come before its database, so until then it is the database that people should look at.</summary>
    private static Dictionary<string, ChildState> Dependent(Dictionary<string, ChildState> states)
    {
        if (states[Conditions.SchemaReady] is { Reason: not (Reasons.ResourceConflict or Reasons.DependencyMissing) } schema
            && schema.Status != ConditionStatus.True
            && states[Conditions.DatabaseReady].Status != ConditionStatus.True)
        {
            states[Conditions.SchemaReady] = ChildState.Progressing(
                Reasons.DependencyNotReady, "The tables wait for the database, see DatabaseReady.");
        }

        return states;
    }
}
