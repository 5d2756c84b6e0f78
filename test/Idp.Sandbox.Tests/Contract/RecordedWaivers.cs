namespace Idp.Sandbox.Tests.Contract;

/// <summary>Where the contract server answers otherwise than GitHub once did, each with the reason. One that nothing needs fails a test.</summary>
internal static class RecordedWaivers
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>();
}
