using System.CommandLine;
using Idp.Operator.Commands;

// Without a verb the operator runs: that is what its container does.
var root = RunCommand.Configure(new RootCommand("Runs an Internal Developer Platform: makes BackendApps and ApplicationEnvironments true."));
root.Add(RunCommand.Configure(new Command("run", "Runs the operator until it is told to stop (the default).")));
root.Add(PlanCommand.Create());
root.Add(GoldenPathCommand.Create());
root.Add(VersionCommand.Create());
root.Add(SelfCheckCommand.Create());

// By default a program that is told to stop is ended after two seconds; a pod has thirty.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
