using System.CommandLine;
using Idp.Bench;
using Idp.Bench.Measuring;
using Idp.Sandbox.World;

var sizes = new Option<int[]>("--apps")
{
    Description = "How many applications; may be given more than once. Default: 200, 1000 and 5000.",
    HelpName = "N",
    DefaultValueFactory = _ => [200, 1000, 5000],
};
var output = new Option<string>("--output")
{
    Description = "The file for the figures.",
    HelpName = "FILE",
    DefaultValueFactory = _ => SandboxPaths.Below("artifacts", "bench.json"),
};
var idle = new Option<int>("--idle") { Description = "How many seconds the idle operator is watched.", HelpName = "SECONDS", DefaultValueFactory = _ => 60 };
var samples = new Option<int>("--samples") { Description = "How many times each latency is measured.", HelpName = "COUNT", DefaultValueFactory = _ => 100 };
var starts = new Option<int>("--starts") { Description = "How many starts an edit is made into.", HelpName = "COUNT", DefaultValueFactory = _ => 10 };
var root = new RootCommand("Measures the operator, as $IDP_OPERATOR_BINARY or as built in the same configuration, against a real API server of its own.")
{
    sizes, output, idle, samples, starts,
};
root.SetAction(async (parsed, cancellationToken) =>
{
    if (SandboxPaths.OperatorBinary() is not { } binary)
    {
        Console.Error.WriteLine("The operator is not built: dotnet build src/Idp.Operator.");
        return 2;
    }

    var folder = Directory.CreateTempSubdirectory("idp-bench-").FullName;
    var options = new BenchOptions
    {
        Binary = binary,
        Directory = folder,
        Idle = TimeSpan.FromSeconds(parsed.GetValue(idle)),
        Samples = parsed.GetValue(samples),
        Starts = parsed.GetValue(starts),
    };
    var report = new Report(parsed.GetValue(output)!);
    Console.WriteLine($"Measuring {binary} on {Environment.ProcessorCount} cores; logs are in {folder}.");
    foreach (var apps in parsed.GetValue(sizes)!)
    {
        Console.WriteLine($"== {apps} applications");
        report.Add(await new BenchRun(options, line => Console.WriteLine($"{DateTime.Now:HH:mm:ss} {line}")).RunAsync(apps, cancellationToken));
    }

    Console.WriteLine(report.Table());
    Directory.Delete(folder, recursive: true);
    return 0;
});

// Ctrl-C ends a world of several processes, which takes longer than the two seconds that are usual.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
