namespace Idp.Operator.ApplicationEnvironments;

/// <summary>What will become of a part of an environment if nobody does anything.</summary>
internal enum Outlook
{
    /// <summary>Nothing: it is as it was asked for.</summary>
    Settled,

    /// <summary>It is on its way.</summary>
    Progressing,

    /// <summary>It waits for a person, on purpose.</summary>
    Waiting,

    /// <summary>It has failed; whoever runs it may try again.</summary>
    Failed,
}
