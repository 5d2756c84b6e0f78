namespace Idp.Operator.Settings;

/// <summary>Whether something is granted, and if not, a sentence that says so and what to do.</summary>
/// <param name="Allowed">Whether it is granted.</param>
/// <param name="Message">Empty if granted; else fit for a condition's message.</param>
public readonly record struct Grant(bool Allowed, string Message)
{
    /// <summary>It is granted.</summary>
    public static Grant Given { get; } = new(true, "");

    /// <summary>It is not granted, for this reason.</summary>
    public static Grant Refused(string message) => new(false, message);

    /// <summary>The same for the field that asks: a refusal names it first.</summary>
    public Grant For(string field) => Allowed ? this : Refused($"{field}: {Message}");
}
