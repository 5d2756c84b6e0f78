namespace Idp.GitHub;

/// <summary>One element of <c>errors</c> in an answer of GitHub.</summary>
/// <remarks>GitHub sends objects or bare strings; of a string only <see cref="Message"/> is set.</remarks>
public sealed record GitHubErrorDetail
{
    /// <summary>The kind of thing that is wrong, such as <c>Repository</c>.</summary>
    public string? Resource { get; init; }

    /// <summary>The field that is wrong.</summary>
    public string? Field { get; init; }

    /// <summary>GitHub's word for the mistake, such as <c>missing_field</c> or <c>custom</c>.</summary>
    public string? Code { get; init; }

    /// <summary>The mistake in words.</summary>
    public string? Message { get; init; }

    /// <summary>Returns the words, or else field and code.</summary>
    public override string ToString() => Message ?? string.Join(' ', new[] { Resource, Field, Code }.OfType<string>());
}
