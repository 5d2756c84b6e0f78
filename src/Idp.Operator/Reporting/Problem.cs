namespace Idp.Operator.Reporting;

/// <summary>Why something cannot be done.</summary>
/// <param name="Reason">One CamelCase word, fit for a condition's reason.</param>
/// <param name="Message">What is wrong, naming the field, and what to do.</param>
/// <param name="IsTerminal">Whether only a change by people can help.</param>
/// <param name="RetryAfter">When to look again; null to leave it to the back-off.</param>
public sealed record Problem(string Reason, string Message, bool IsTerminal = true, TimeSpan? RetryAfter = null);
