using Idp.Entities;
using Idp.Kubernetes.Model;

namespace Idp.EndToEnd.Tests.Tenants;

/// <summary>One thing that a tenant tries in order to reach beyond what is granted: what is done, and what has to be seen.</summary>
/// <param name="Name">What it is, in words.</param>
/// <param name="Outcome">What has to be seen.</param>
internal sealed record Try(string Name, Outcome Outcome)
{
    /// <summary>The kind of the manifest.</summary>
    public ResourceKind Kind { get; init; } = Kinds.BackendApp;

    /// <summary>The name of the object; one of its own if not set.</summary>
    public string? ObjectName { get; init; }

    /// <summary>The spec of the manifest.</summary>
    /// <remarks><c>OWN_URL</c> stands for the address of the attacker's own repository, <c>SHOP_URL</c> for that of the victim's.</remarks>
    public string Spec { get; init; } = "";

    /// <summary>Whether it gets so far that something of the attacker's own is made: a repository, environments.</summary>
    public bool MakesOwn => Outcome is Outcome.Harmless { MakesOwn: true }
        || (Outcome is Outcome.Refused { Reason: Reasons.ResourceConflict } && Kind == Kinds.BackendApp);

    /// <summary>The application that it aims at, which is looked at afresh in the end; null for none.</summary>
    public string? Target { get; init; }

    /// <summary>Changes the manifest, or gives it more than a spec.</summary>
    public Action<Attack, JsonObject> Manifest { get; init; } = (_, _) => { };

    /// <summary>What is done before the manifest is applied.</summary>
    public Func<Attack, Task>? Before { get; init; }

    /// <summary>What is done once it was refused; it has to be refused again.</summary>
    public Func<Attack, Task>? After { get; init; }

    /// <summary>What is done in place of a manifest.</summary>
    public Func<Attack, Task>? Deed { get; init; }

    /// <summary>A BackendApp.</summary>
    public static Try App(string name, string spec, Outcome outcome) => new(name, outcome) { Spec = spec };

    /// <summary>An ApplicationEnvironment, written by hand.</summary>
    public static Try Environment(string name, string spec, Outcome outcome) => new(name, outcome) { Kind = Kinds.Environment, Spec = spec };

    /// <summary>Something else.</summary>
    public static Try Act(string name, Func<Attack, Task> deed, Outcome outcome) => new(name, outcome) { Deed = deed };

    /// <summary>The name, for the list of tests.</summary>
    public override string ToString() => Name;
}
