namespace Idp.Operator.Reporting;

/// <summary>One change of an object's conditions that is worth an event.</summary>
/// <param name="Reason">The event's reason, in CamelCase.</param>
/// <param name="Message">What happened, for people.</param>
/// <param name="IsWarning">Whether somebody may have to do something.</param>
public readonly record struct ConditionChange(string Reason, string Message, bool IsWarning);
