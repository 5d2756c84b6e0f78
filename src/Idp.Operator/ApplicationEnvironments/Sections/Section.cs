using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>One section of an environment, which one condition tells of: all that there is to know of it, in one place.</summary>
/// <remarks>Pure: it is asked for what it is made of, and to read what was seen; <see cref="EnvironmentSections"/> lists all.</remarks>
internal abstract class Section
{
    /// <summary>The type of the condition, which is always told.</summary>
    public abstract string Condition { get; }

    /// <summary>The kinds of its objects; what is watched, which rights the operator has and the order of a deletion follow from them.</summary>
    public abstract IReadOnlyList<ChildKind> Kinds { get; }

    /// <summary>The objects in the order in which they are applied; none where the section is not asked for.</summary>
    public abstract IReadOnlyList<DesiredObject> Make(EffectiveEnvironment environment);

    /// <summary>What live objects say of themselves.</summary>
    /// <param name="live">The objects of <see cref="Make"/> in its order, all of which are there.</param>
    /// <param name="seen">What else was seen.</param>
    public abstract ChildState Read(IReadOnlyList<KubeObject> live, SectionInput seen);

    /// <summary>The state in the light of the sections before it.</summary>
    /// <param name="state">The section's own.</param>
    /// <param name="earlier">Those of the sections before it, by condition.</param>
    public virtual ChildState Given(ChildState state, IReadOnlyDictionary<string, ChildState> earlier) => state;
}

/// <summary>What a section's state is read from.</summary>
/// <param name="Environment">What was wanted.</param>
/// <param name="World">What is there.</param>
/// <param name="Report">How the writing went; null where nothing was to be written.</param>
/// <param name="Now">The present moment.</param>
internal sealed record SectionInput(EffectiveEnvironment Environment, Observation World, ApplyReport? Report, DateTimeOffset Now);

/// <summary>One section of one plan.</summary>
/// <param name="Section">The section.</param>
/// <param name="Objects">Its objects.</param>
internal sealed record PlannedSection(Section Section, IReadOnlyList<DesiredObject> Objects);

/// <summary>A kind that an environment is made of, and what the operator has to do with it.</summary>
/// <param name="Resource">The kind.</param>
/// <param name="Rank">When its objects go.</param>
internal sealed record ChildKind(ResourceKind Resource, DeletionRank Rank = DeletionRank.WithItsNamespace)
{
    /// <summary>Whose its objects are.</summary>
    public ChildRole Role { get; init; }

    /// <summary>Who serves it in the version that we use, since when; docs/getting-started.md says the same. Null for Kubernetes' own.</summary>
    public string? Provider { get; init; }

    /// <summary>Whether its objects lie elsewhere than in the environment's namespace.</summary>
    public bool IsElsewhere { get; init; }

    /// <summary>Whether its status says anything; what has none counts by being there, as it should be.</summary>
    public bool HasStatus { get; init; } = true;
}

/// <summary>Whose the objects of a kind are.</summary>
internal enum ChildRole
{
    /// <summary>One environment's.</summary>
    Owned,

    /// <summary>Those of all environments of a team, which look after them together.</summary>
    Shared,

    /// <summary>Others' in the environment's namespace: they are read and never written.</summary>
    Observed,
}

/// <summary>When the objects of a kind go with their environment: the later a rank stands here, the sooner.</summary>
internal enum DeletionRank
{
    /// <summary>By the deletion of their namespace.</summary>
    WithItsNamespace,

    /// <summary>At the very end.</summary>
    Namespace,

    /// <summary>Only where the policy for the data does not retain them.</summary>
    Data,

    /// <summary>Once nothing needs a secret any more.</summary>
    Secrets,

    /// <summary>Before their database.</summary>
    Schema,

    /// <summary>What runs goes first.</summary>
    Delivery,
}
