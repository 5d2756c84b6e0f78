namespace Idp.EndToEnd.Tests.World;

/// <summary>For tests that make worlds of their own and have the machine do all it can: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class UndividedMachine
{
    public const string Name = "the undivided machine";
}
