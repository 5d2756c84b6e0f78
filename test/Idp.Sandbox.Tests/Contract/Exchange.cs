namespace Idp.Sandbox.Tests.Contract;

/// <summary>One request through the proxy, what was answered, and what the proxy found.</summary>
/// <param name="Call">Which call of <see cref="ContractCalls"/> sent it.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path and query, as sent.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Violations">What breaks the description.</param>
internal sealed record Exchange(string Call, string Method, string Path, int Status, IReadOnlyList<Violation> Violations)
{
    public override string ToString() => $"{Call}: {Method} {Path} {Status}";
}
