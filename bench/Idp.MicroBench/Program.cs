using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Idp.MicroBench;

// In this process: a project that is generated elsewhere would not find this repository's package versions.
var brief = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(8).WithId("Brief");
var config = ManualConfig.Create(DefaultConfig.Instance)
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumn(StatisticColumn.OperationsPerSecond)
    .HideColumns(Column.Error, Column.Gen0, Column.Gen1, Column.Gen2)
    .WithArtifactsPath(Path.Combine("artifacts", "microbench"))
    .WithOptions(ConfigOptions.JoinSummary);

// A job that is asked for on the command line takes the place of the brief one.
if (!args.Any(argument => argument is "--job" or "-j"))
{
    config.AddJob(brief);
}

var wanted = args.Contains("--filter") || args.Contains("-f") || args.Contains("--list") ? args : [.. args, "--filter", "*"];
var summaries = BenchmarkSwitcher.FromAssembly(typeof(LiveObject).Assembly).Run(wanted, config);
return summaries.SelectMany(summary => summary.Reports).All(report => report.Success) ? 0 : 1;
