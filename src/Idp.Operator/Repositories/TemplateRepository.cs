namespace Idp.Operator.Repositories;

/// <summary>A repository on GitHub that others are made from.</summary>
/// <param name="Owner">Whose it is.</param>
/// <param name="Name">What it is called.</param>
public sealed record TemplateRepository(string Owner, string Name)
{
    /// <summary>Reads <c>OWNER/NAME</c>; null where it is something else.</summary>
    public static TemplateRepository? Read(string? text) =>
        text?.Split('/') is [{ Length: > 0 } owner, { Length: > 0 } name] ? new TemplateRepository(owner, name) : null;

    /// <summary>Owner and name.</summary>
    public override string ToString() => $"{Owner}/{Name}";
}
