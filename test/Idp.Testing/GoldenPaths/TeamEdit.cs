namespace Idp.Testing.GoldenPaths;

/// <summary>Something that a team does to a file of its repository.</summary>
public enum TeamEdit
{
    /// <summary>Changes and adds lines, far from what the golden path changes.</summary>
    ChangeFar,

    /// <summary>Changes a line right beside one that the golden path changes.</summary>
    ChangeNear,

    /// <summary>Changes the very lines that the golden path changes.</summary>
    ChangeSame,

    /// <summary>Makes the golden path's change by itself, before it comes.</summary>
    ChangeAlike,

    /// <summary>Moves the file.</summary>
    Move,

    /// <summary>Moves the file, and changes it.</summary>
    MoveAndChange,

    /// <summary>Deletes the file.</summary>
    Delete,

    /// <summary>Makes the file one that can be run, or no longer.</summary>
    ChangeMode,

    /// <summary>Converts the file's line ends to CR and LF.</summary>
    ConvertLineEnds,

    /// <summary>Converts the line ends, and changes a line.</summary>
    ConvertAndChange,

    /// <summary>Replaces the file's bytes, which are no text.</summary>
    ReplaceBytes,

    /// <summary>Changes the file, and takes that back.</summary>
    Revert,

    /// <summary>Adds a file where the golden path is about to add another one.</summary>
    AddBefore,

    /// <summary>Adds the very file that the golden path is about to add.</summary>
    AddAlike,

    /// <summary>Puts a symbolic link in place of the file.</summary>
    Link,

    /// <summary>Puts a folder in place of the file.</summary>
    Folder,

    /// <summary>Adds a file that is nobody else's.</summary>
    AddOwn,
}
