using System.CommandLine;
using System.Reflection;

namespace Idp.Operator.Commands;

/// <summary>The verb <c>version</c>.</summary>
internal static class VersionCommand
{
    /// <summary>The version of this build, such as <c>0.1.0</c>.</summary>
    public static string Text =>
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var command = new Command("version", "Prints the version.");
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.WriteLine($"idp {Text} ({System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription})");
            return 0;
        });
        return command;
    }
}
