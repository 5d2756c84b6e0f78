using System.CommandLine;
using Idp.Sandbox.Demo;

var clock = TimeProvider.System;
var colours = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";
var narrator = new Narrator(Console.Out, clock, colours);
var directory = new Option<string?>("--dir")
{
    Description = "Where logs, repositories and settings are kept; default: a temporary folder.",
    HelpName = "DIR",
};
var keep = new Option<bool>("--keep") { Description = "Leaves the folder in place at the end; it stays after a failure in any case." };
var check = new Option<bool>("--check") { Description = "Checks everything, tears it down, and exits 0 only if all held." };
var limit = new Option<double>("--limit")
{
    Description = "After how many minutes to give up; default 5.",
    HelpName = "MINUTES",
    DefaultValueFactory = _ => 5,
};
var withOperator = new Option<bool>("--operator") { Description = "Starts the operator as well." };

var up = new Command("up", "Starts a world without applications and waits for Ctrl-C.") { directory, keep, withOperator };
up.SetAction((parsed, cancellationToken) => WorkFolder.UseAsync(
    parsed.GetValue(directory),
    parsed.GetValue(keep),
    folder => UpCommand.RunAsync(folder, parsed.GetValue(withOperator), narrator, clock, cancellationToken)));

var demo = new Command("demo", "Shows every sample from nothing to ready.") { directory, keep, check, limit };
demo.SetAction((parsed, cancellationToken) => WorkFolder.UseAsync(
    parsed.GetValue(directory),
    parsed.GetValue(keep),
    folder => new PlatformDemo(
        new DemoOptions
        {
            Directory = folder,
            Check = parsed.GetValue(check) || Console.IsInputRedirected,
            Limit = TimeSpan.FromMinutes(parsed.GetValue(limit)),
        },
        narrator,
        clock).RunAsync(cancellationToken)));

var root = new RootCommand("A laptop-sized world for the operator: a real API server, a GitHub contract server, stand-ins.")
{
    up, demo,
};

// Ctrl-C ends a world of several processes, which takes longer than the two seconds that are usual.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) };
return await root.Parse(args).InvokeAsync(configuration);
