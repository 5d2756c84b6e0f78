namespace Idp.Testing.Crash;

/// <summary>What becomes of repository and databases: each way has side effects that the other has not.</summary>
internal enum DeletionPolicy
{
    /// <summary>They go with the application.</summary>
    Delete,

    /// <summary>They stay.</summary>
    Retain,
}
