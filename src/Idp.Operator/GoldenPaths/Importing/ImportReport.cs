using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths.Importing;

/// <summary>What an import could not say in our words, each with its place.</summary>
internal sealed class ImportReport
{
    private readonly List<FileError> _notes = [];

    /// <summary>All of it, by file and line.</summary>
    public IReadOnlyList<FileError> Notes => FileError.Sorted(_notes);

    /// <summary>Notes something of a file as a whole.</summary>
    public void Note(string file, string message) => Note(file, 0, 0, message);

    /// <summary>Notes something of a place in a file.</summary>
    public void Note(string file, int line, int column, string message) => _notes.Add(new FileError(file, line, column, "", message));

    /// <summary>Notes something of a value of a document.</summary>
    public void Note(FileError place) => _notes.Add(place with { Path = "" });
}
