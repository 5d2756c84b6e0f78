using System.CommandLine;
using Idp.Sandbox.Demo;
using Idp.Testing.Crash;
using Idp.Testing.Soak;

var clock = TimeProvider.System;
var colours = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";
var narrator = new Narrator(Console.Out, clock, colours);
var directory = new Option<string?>("--dir")
{
    Description = "Where logs, repositories and settings are kept; default: a temporary folder.",
    HelpName = "DIR",
};
var keep = new Option<bool>("--keep") { Description = "Leaves the folder in place at the end; it stays after a failure in any case." };

var reconnects = new Option<int>("--reconnects")
{
    Description = "How often watches are begun again; default 10000, 0 for not at all.",
    HelpName = "COUNT",
    DefaultValueFactory = _ => 10_000,
};
var reconciles = new Option<int>("--reconciles")
{
    Description = "How often applications and environments are reconciled; default 100000, 0 for not at all.",
    HelpName = "COUNT",
    DefaultValueFactory = _ => 100_000,
};
var soakLimit = new Option<double>("--limit")
{
    Description = "After how many minutes to give up; default 30.",
    HelpName = "MINUTES",
    DefaultValueFactory = _ => 30,
};
var soak = new Command("soak", "Long runs: exits 0 only if the operator holds no more memory at their end than at their beginning.")
{
    directory, keep, reconnects, reconciles, soakLimit,
};
soak.SetAction((parsed, cancellationToken) => WorkFolder.UseAsync(
    parsed.GetValue(directory),
    parsed.GetValue(keep),
    folder => new SoakCommand(
        new SoakOptions { Directory = folder, Limit = TimeSpan.FromMinutes(parsed.GetValue(soakLimit)), Clock = clock },
        narrator).RunAsync(
        [.. new ISoakPart?[]
        {
            parsed.GetValue(reconnects) is > 0 and var count ? new ReconnectSoak(count, narrator, clock) : null,
            parsed.GetValue(reconciles) is > 0 and var times ? new ReconcileSoak(times, narrator, clock) : null,
        }.OfType<ISoakPart>()],
        cancellationToken)));

var root = new RootCommand("What tries the operator for minutes and hours, in the world of the demo.")
{
    soak, CrashCommand.Create(directory, keep, narrator, clock),
};

// Ctrl-C ends a world of several processes, which takes longer than the two seconds that are usual.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) };
return await root.Parse(args).InvokeAsync(configuration);
