using System.CommandLine;

namespace Idp.Operator.Commands;

/// <summary>The verb <c>golden-path</c>: for whoever writes golden paths.</summary>
internal static class GoldenPathCommand
{
    /// <summary>Makes the verb.</summary>
    public static Command Create() => new("golden-path", "Checks golden paths, and makes them of other templates.")
    {
        GoldenPathCheckCommand.Create(),
        GoldenPathImportCommand.Create(),
    };
}
