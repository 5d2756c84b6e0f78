namespace Idp.Kubernetes.Tests;

/// <summary>Tests of what is the whole process', such as its heap or its variables: so nothing may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HeapCollection
{
    public const string Name = "heap";
}
