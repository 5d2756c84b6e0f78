namespace Idp.Testing.Soak;

/// <summary>Something did not hold in a long run; the message says what.</summary>
internal sealed class SoakFailedException(string message) : Exception(message);
