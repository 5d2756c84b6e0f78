using System.Diagnostics.CodeAnalysis;

namespace Idp.Operator.Yaml;

/// <summary>What is wrong with a file that people write, and where.</summary>
/// <param name="File">The file, as it was named to the reader.</param>
/// <param name="Line">The line, from 1; 0 if the error is about the whole file.</param>
/// <param name="Column">The column, from 1; 0 if the error is about the whole file.</param>
/// <param name="Path">The value, such as <c>teams[0].namespace</c>; empty for the whole document.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record FileError(string File, int Line, int Column, string Path, string Message)
{
    /// <summary>Returns <c>file:line:column: path: message</c>, which editors can jump to.</summary>
    public override string ToString() =>
        (Line == 0 ? $"{File}: " : $"{File}:{Line}:{Column}: ") + (Path.Length == 0 ? Message : $"{Path}: {Message}");

    /// <summary>The same errors in the order in which people go through files.</summary>
    public static IReadOnlyList<FileError> Sorted(IEnumerable<FileError> errors) =>
        [.. errors.OrderBy(error => error.File, StringComparer.Ordinal).ThenBy(error => error.Line).ThenBy(error => error.Column)];
}

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

    internal static Loaded<T> Failed(IEnumerable<FileError> errors) => new() { Errors = FileError.Sorted(errors) };
}
