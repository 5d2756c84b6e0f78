using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;
using Idp.Operator.Reporting;
using Idp.Operator.Yaml;

namespace Idp.Operator.Commands;

/// <summary>Prints a plan.</summary>
internal sealed class PlanOutput(TextWriter output, bool namesOnly)
{
    /// <summary>Prints a remark; a comment where YAML is printed.</summary>
    public void Say(string text) => output.WriteLine(namesOnly ? text : $"# {text}");

    /// <summary>Prints why a manifest cannot be carried out.</summary>
    public void Refuse(Problem problem) => Say($"  cannot be carried out: {problem.Reason}: {problem.Message}");

    /// <summary>Prints an object, and what an apply would do to it.</summary>
    public void Show(DesiredObject desired, KubeObject? live)
    {
        var change = ChangeOf(desired, live);
        if (namesOnly)
        {
            output.WriteLine($"  {change}: {desired}");
            return;
        }

        output.WriteLine("---");
        output.WriteLine($"# {change}");
        output.Write(YamlWriter.Write(desired.Body));
    }

    private static string ChangeOf(DesiredObject desired, KubeObject? live)
    {
        if (live is null)
        {
            return "create";
        }

        var differences = Comparer.Compare(desired.Body, live, FieldManagers.Operator);
        return differences.Count == 0 ? "unchanged" : $"change {string.Join(", ", differences.Select(difference => difference.Path))}";
    }
}
