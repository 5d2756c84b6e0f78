using System.Text.Json.Nodes;

namespace Idp.Kubernetes.Tests.Apply;

/// <summary>What somebody else does to an object: mixes something of their own into it.</summary>
/// <param name="ByApply">Whether they apply it; else they put it in the place of what is there.</param>
/// <param name="Seed">What is taken of it.</param>
/// <param name="Sample">Their own.</param>
internal sealed record ForeignChange(bool ByApply, int Seed, JsonObject Sample)
{
    public override string ToString() => $"{(ByApply ? "apply" : "replace")} {Seed} {Sample.ToJsonString()}";
}
