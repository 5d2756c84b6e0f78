namespace Idp.Sandbox.Demo;

/// <summary>Something that the demo promises does not hold.</summary>
internal sealed class DemoFailedException(string message) : Exception(message);
