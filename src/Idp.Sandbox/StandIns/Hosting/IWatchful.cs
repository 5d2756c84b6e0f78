using Idp.Kubernetes.Model;

namespace Idp.Sandbox.StandIns.Hosting;

/// <summary>What a <see cref="StandIn"/> does when there is something to look at.</summary>
internal interface IWatchful
{
    /// <summary>What logs call it: always ends in <c>stand-in</c>.</summary>
    string Name { get; }

    /// <summary>The kinds to watch.</summary>
    IReadOnlyList<ResourceKind> Kinds { get; }

    /// <summary>Which objects to look at when one changed or went.</summary>
    IEnumerable<Subject> ConcernedBy(KubeObject changed);

    /// <summary>All objects that it looks after.</summary>
    IEnumerable<Subject> All();

    /// <summary>Looks at one object and does what is next; returns when to look again, if nothing changes before.</summary>
    Task<TimeSpan?> LookAsync(KubeObject subject, CancellationToken cancellationToken);
}

/// <summary>Names one object that a stand-in looks after.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Key">Its name and namespace.</param>
internal readonly record struct Subject(ResourceKind Kind, ObjectKey Key);
