namespace Idp.Entities;

/// <summary>One thing that a manifest may not say.</summary>
/// <param name="Path">The field, such as <c>spec.environments[1].name</c>.</param>
/// <param name="Message">What the field must be; never a value that could be a secret.</param>
public sealed record FieldError(string Path, string Message)
{
    /// <summary>Returns path and message as the user reads them.</summary>
    public override string ToString() => $"{Path}: {Message}";
}

/// <summary>Collects what is wrong with a manifest; it looks at everything before it returns.</summary>
internal sealed class FieldErrors
{
    // An API server refuses far earlier; a status message holds no more than this either.
    private const int MaxErrors = 100;
    private readonly List<FieldError> _errors = [];

    public IReadOnlyList<FieldError> All => _errors;

    public void When(bool wrong, string path, string message)
    {
        if (wrong && _errors.Count < MaxErrors)
        {
            _errors.Add(new FieldError(path, message));
        }
    }

    /// <summary>The length comes first: it bounds what the regular expression has to look at.</summary>
    public void Text(string path, string text, string? pattern, int min, int max) => When(
        text.Length < min || text.Length > max || (pattern is not null && !Patterns.Fits(text, pattern)),
        path,
        pattern is null ? $"must have at most {max} characters" : $"must be {Patterns.Describe(pattern)}, at most {max} characters");

    /// <summary>Every item that repeats an earlier one's key is an error; items without a key are not looked at.</summary>
    public void Unique<T>(string path, IReadOnlyList<T> items, string field, Func<T, string?> key)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            When(items[i] is { } item && key(item) is { } value && !seen.Add(value), $"{path}[{i}]{field}", "is there twice");
        }
    }
}
