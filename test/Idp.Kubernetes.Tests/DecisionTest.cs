using System.Text.RegularExpressions;

namespace Idp.Kubernetes.Tests;

/// <summary>What docs/decisions/0005-runtime.md says of tests is true.</summary>
public sealed partial class DecisionTest
{
    [Fact]
    public void EveryTestThatTheRuntimesDecisionNames_Exists()
    {
        var root = ArchitectureTest.Root;
        var tests = Directory.EnumerateFiles(Path.Combine(root, "test"), "*Test.cs", SearchOption.AllDirectories)
            .GroupBy(path => Path.GetFileNameWithoutExtension(path))
            .ToDictionary(group => group.Key, group => string.Concat(group.Select(File.ReadAllText)));
        var (current, missing, named) = ("", new List<string>(), 0);
        foreach (Match match in Named().Matches(File.ReadAllText(Path.Combine(root, "docs", "decisions", "0005-runtime.md"))))
        {
            current = match.Groups[1].Success ? match.Groups[1].Value : current;
            named++;
            if (!tests.TryGetValue(current, out var text) || !text.Contains($" {match.Groups[2].Value}(", StringComparison.Ordinal))
            {
                missing.Add(match.Value);
            }
        }

        missing.Should().BeEmpty();
        named.Should().BeGreaterThan(40);
    }

    [GeneratedRegex(@"`(\w+Test)?\.(\w+)`")]
    private static partial Regex Named();
}
