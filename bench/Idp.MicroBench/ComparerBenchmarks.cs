using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;

namespace Idp.MicroBench;

/// <summary>Is a live Application as wanted? Asked once per child in every reconcile.</summary>
[MemoryDiagnoser]
public class ComparerBenchmarks
{
    private const string Manager = "idp-operator";
    private readonly JsonObject _same = LiveObject.Application.Intent();
    private readonly JsonObject _other = LiveObject.Application.Intent();
    private readonly KubeObject _live = LiveObject.Application.Parse();

    [GlobalSetup]
    public void Check()
    {
        _other["spec"]!["source"]!["targetRevision"] = "release";
        if (NoDifference() != 0 || OneDifference() != 1)
        {
            throw new InvalidOperationException("The sample is not what is to be measured.");
        }
    }

    [Benchmark]
    public int NoDifference() => Comparer.Compare(_same, _live, Manager).Count;

    [Benchmark]
    public int OneDifference() => Comparer.Compare(_other, _live, Manager).Count;
}
