using Idp.Kubernetes.Model;

namespace Idp.Sandbox.StandIns;

/// <summary>The pure half of a stand-in: an object and the world around it in, what shall be true next out.</summary>
internal interface IReactor
{
    /// <summary>What logs and events call it: always ends in <c>stand-in</c>.</summary>
    string Name { get; }

    /// <summary>The field manager, the one that the real controller uses where it has a fixed one.</summary>
    string FieldManager { get; }

    /// <summary>The kinds that it reacts to.</summary>
    IReadOnlyList<ResourceKind> Subjects { get; }

    /// <summary>The kinds that it only looks at: a change of one makes it look again at the subjects beside it.</summary>
    IReadOnlyList<ResourceKind> Surroundings { get; }

    /// <summary>What shall be true next.</summary>
    Reaction React(KubeObject subject, Moment moment);
}
