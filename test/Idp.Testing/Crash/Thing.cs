namespace Idp.Testing.Crash;

/// <summary>One thing in the world.</summary>
/// <param name="Name">What it is called in every run, such as <c>Namespace APP-staging</c>.</param>
/// <param name="Facts">What is true of it, by path.</param>
internal sealed record Thing(string Name, IReadOnlyDictionary<string, string> Facts);
