namespace Idp.Entities;

/// <summary>One thing that a manifest may not say.</summary>
/// <param name="Path">The field, such as <c>spec.environments[1].name</c>.</param>
/// <param name="Message">What the field must be; never a value that could be a secret.</param>
public sealed record FieldError(string Path, string Message)
{
    /// <summary>Returns path and message as the user reads them.</summary>
    public override string ToString() => $"{Path}: {Message}";
}
