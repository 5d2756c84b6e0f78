namespace Idp.Kubernetes.Tests;

/// <summary>Tests that measure the heap: it is the whole process', so nothing may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HeapCollection
{
    public const string Name = "heap";
}
