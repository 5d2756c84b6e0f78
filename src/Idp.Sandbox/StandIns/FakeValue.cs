using System.Security.Cryptography;

namespace Idp.Sandbox.StandIns;

/// <summary>Values for the secrets of the sandbox: random, and saying of themselves that they open nothing.</summary>
internal static class FakeValue
{
    /// <summary>A new value; unlike any other, so that a test can look for it where it must not be.</summary>
    public static string New() => $"fake-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
}
