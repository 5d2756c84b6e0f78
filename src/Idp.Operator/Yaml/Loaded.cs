using System.Diagnostics.CodeAnalysis;

namespace Idp.Operator.Yaml;

/// <summary>What was read from files: the value, or everything that is wrong with them.</summary>
/// <typeparam name="T">What was read.</typeparam>
public sealed record Loaded<T>
    where T : class
{
    /// <summary>What was read; null if there are errors.</summary>
    public T? Value { get; private init; }

    /// <summary>Everything that is wrong, in the order of the files and lines; empty if there is a value.</summary>
    public IReadOnlyList<FileError> Errors { get; private init; } = [];

    /// <summary>True if there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool Succeeded => Value is not null;

    /// <summary>All errors, one a line.</summary>
    public string ErrorText => string.Join('\n', Errors);

    internal static Loaded<T> Of(T value) => new() { Value = value };

    internal static Loaded<T> Failed(IEnumerable<FileError> errors) =>
        new() { Errors = FileError.Sorted(errors) };
}
