namespace Idp.EndToEnd.Tests.Safety;

/// <summary>Something that is wrong.</summary>
/// <param name="Reason">How it is told.</param>
internal sealed record Breakage(string Reason)
{
    /// <summary>What the manifest asks for that it makes impossible.</summary>
    public string Spec { get; init; } = "";

    /// <summary>Makes it wrong, before the manifest is applied.</summary>
    public Func<RepairPlatform, TestApp, Task> Break { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Mends it.</summary>
    public required Func<RepairPlatform, TestApp, Task> Repair { get; init; }

    /// <summary>Whether it is mended where nothing tells the operator: it sees that when it looks the next time, and not within seconds.</summary>
    public bool IsOutOfSight { get; init; }
}
