namespace Idp.Operator.Reporting;

/// <summary>Why nothing can be done until somebody changes something.</summary>
/// <param name="Reason">In one word, fit for a condition's reason.</param>
/// <param name="Message">Naming the field, and what to do.</param>
public sealed record Problem(string Reason, string Message);
