using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Idp.Sandbox.Demo;

namespace Idp.Testing.Crash;

/// <summary>The verb <c>crash</c>.</summary>
internal static class CrashCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="directory">The option for the folder.</param>
    /// <param name="keep">The option to keep it.</param>
    /// <param name="narrator">Tells people.</param>
    /// <param name="clock">Where time comes from.</param>
    public static Command Create(Option<string?> directory, Option<bool> keep, Narrator narrator, TimeProvider clock)
    {
        var from = Number("--from", "N", "The number of the first point to try; --list shows the numbers.");
        var every = Number("--every", "K", "From there on, try every K-th point.");
        var only = new Option<Regex?>("--only")
        {
            Description = "Try only points that print so that REGEX is found in them; --list shows how they print.",
            HelpName = "REGEX",
            CustomParser = ReadPattern,
        };
        var list = new Option<bool>("--list") { Description = "Print the points with their numbers and try none." };
        var limit = new Option<double>("--limit")
        {
            Description = "After how many minutes to give up; default 120.",
            HelpName = "MINUTES",
            DefaultValueFactory = _ => 120,
        };
        var command = new Command("crash", "Kills the operator before and after every write, and compares what becomes of the world.")
        {
            directory, keep, from, every, only, list, limit,
        };
        command.SetAction((parsed, cancellationToken) => WorkFolder.UseAsync(
            parsed.GetValue(directory),
            parsed.GetValue(keep),
            folder => new CrashRun(
                new CrashOptions
                {
                    Directory = folder,
                    Limit = TimeSpan.FromMinutes(parsed.GetValue(limit)),
                    From = parsed.GetValue(from),
                    Every = parsed.GetValue(every),
                    Only = parsed.GetValue(only),
                    ListOnly = parsed.GetValue(list),
                },
                narrator,
                clock).RunAsync(cancellationToken)));
        return command;
    }

    private static Regex? ReadPattern(ArgumentResult result)
    {
        try
        {
            return new Regex(result.Tokens[0].Value, RegexOptions.CultureInvariant);
        }
        catch (RegexParseException exception)
        {
            result.AddError($"--only: {exception.Message}");
            return null;
        }
    }

    private static Option<int> Number(string name, string helpName, string description)
    {
        var option = new Option<int>(name) { Description = description, HelpName = helpName, DefaultValueFactory = _ => 1 };
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) < 1)
            {
                result.AddError($"{name} takes a number from 1 on.");
            }
        });
        return option;
    }
}
