namespace Idp.Entities;

/// <summary>Collects what is wrong with a manifest; it looks at everything before it returns.</summary>
internal sealed class FieldErrors
{
    // An API server refuses far earlier; a status message holds no more than this either.
    private const int MaxErrors = 100;
    private readonly List<FieldError> _errors = [];

    public IReadOnlyList<FieldError> All => _errors;

    public void Add(string path, string message)
    {
        if (_errors.Count < MaxErrors)
        {
            _errors.Add(new FieldError(path, message));
        }
    }

    public void When(bool wrong, string path, string message)
    {
        if (wrong)
        {
            Add(path, message);
        }
    }

    /// <summary>A null is absent, and fine.</summary>
    public void Text(string path, string? value, Spelling spelling)
    {
        if (value is not null && !spelling.Matches(value))
        {
            Add(path, $"must be {spelling.Rule}, at most {spelling.MaxLength} characters");
        }
    }

    public void Length(string path, string? value, int max) =>
        When(value?.Length > max, path, $"must have at most {max} characters");

    public void Number(string path, int? value, int min, int max) =>
        When(value < min || value > max, path, $"must be between {min} and {max}");

    /// <summary>The converter reads no undefined value, but code can make one.</summary>
    public void Known<T>(string path, T? value)
        where T : struct, Enum =>
        When(value is { } known && !Enum.IsDefined(known), path, $"must be one of {string.Join(", ", Enum.GetNames<T>())}");

    /// <summary>Visits every item; a null item is an error of its own, which no type can forbid.</summary>
    public void Each<T>(string path, IReadOnlyList<T> items, int max, Action<string, T> check)
    {
        When(items.Count > max, path, $"must have at most {max} items");
        for (var i = 0; i < items.Count && i < max; i++)
        {
            var at = $"{path}[{i}]";
            if (items[i] is { } item)
            {
                check(at, item);
            }
            else
            {
                Add(at, "must not be null");
            }
        }
    }

    /// <summary>Every item that repeats an earlier one's key is an error; items without a key are not looked at.</summary>
    public void Unique<T>(string path, IReadOnlyList<T> items, string field, Func<T, string?> key)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is { } item && key(item) is { } value && !seen.Add(value))
            {
                Add($"{path}[{i}]{field}", "is there twice");
            }
        }
    }
}
