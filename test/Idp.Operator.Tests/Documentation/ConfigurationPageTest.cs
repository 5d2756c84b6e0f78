using System.Text.RegularExpressions;
using Idp.Sandbox.World;

namespace Idp.Operator.Tests.Documentation;

/// <summary>The page docs/configuration.md has every variable that is read, every option of <c>run</c>, and every port.</summary>
public sealed partial class ConfigurationPageTest
{
    private static readonly string Page = File.ReadAllText(SandboxPaths.Below("docs", "configuration.md"));

    // Not ours to explain.
    private static readonly string[] OfTheSystem = ["PATH", "HOME"];

    [Fact]
    public void EveryVariableThatIsReadIsOnThePage()
    {
        var read = VariablesOfPrograms().Concat(VariablesOfScripts()).Distinct().Except(OfTheSystem).ToList();

        read.Should().HaveCountGreaterThan(12);
        read.Except(Documented()).Should().BeEmpty();
    }

    [Fact]
    public void EveryVariableOfOursOnThePageIsRead() =>
        Documented().Where(name => name.StartsWith("IDP_", StringComparison.Ordinal)).Except(VariablesOfPrograms().Concat(VariablesOfScripts())).Should().BeEmpty();

    [Fact]
    public void EveryVariableThatTheDeploymentSetsIsOnThePage() =>
        EnvironmentOfPod().Matches(File.ReadAllText(SandboxPaths.Below("config", "operator", "deployment.yaml"))).Select(match => match.Groups[1].Value)
            .Should().HaveCount(4).And.BeSubsetOf(Documented());

    [Fact]
    public async Task EveryOptionOfRunIsOnThePage()
    {
        var help = await OperatorProgram.HelpAsync("run");

        var options = Option().Matches(help).Select(match => match.Value).Distinct().Except(["--help", "--version"]).ToList();

        options.Should().HaveCountGreaterThan(5);
        options.Should().OnlyContain(option => Page.Contains($"`{option}", StringComparison.Ordinal));
    }

    [Fact]
    public void EveryPortIsOnThePage()
    {
        var section = Page[Page.IndexOf("## Ports", StringComparison.Ordinal)..];
        var ports = SourceFiles.In("config").SelectMany(file => Port().Matches(file.Text)).Select(match => match.Groups[1].Value).Distinct().ToList();

        ports.Should().HaveCountGreaterThan(6);
        ports.Should().OnlyContain(port => Regex.IsMatch(section, $@"\b{port}\b"));
    }

    private static IEnumerable<string> VariablesOfPrograms()
    {
        foreach (var (path, text) in SourceFiles.In("src", "test", "bench").Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal)))
        {
            foreach (Match match in Read().Matches(text))
            {
                if (match.Groups["name"].Success)
                {
                    yield return match.Groups["name"].Value;
                    continue;
                }

                var constant = Regex.Match(text, $"const string {match.Groups["constant"].Value} = \"([A-Z_]+)\"");
                constant.Success.Should().BeTrue($"{path} reads a variable whose name this test cannot find");
                yield return constant.Groups[1].Value;
            }
        }
    }

    private static IEnumerable<string> VariablesOfScripts() =>
        SourceFiles.In("hack", ".ci").SelectMany(file => InScript().Matches(file.Text)).Select(match => match.Groups[1].Value);

    private static IEnumerable<string> Documented() => Quoted().Matches(Page).Select(match => match.Groups[1].Value).Distinct();

    [GeneratedRegex("""Environment\.GetEnvironmentVariable\((?:"(?<name>\w+)"|(?<constant>\w+))\)""")]
    private static partial Regex Read();

    // By their prefixes: the scripts' own variables look the same.
    [GeneratedRegex(@"\$\{?((?:IDP|KUBEBUILDER|XDG|OTEL)_[A-Z_]+|CONFIGURATION)\b")]
    private static partial Regex InScript();

    [GeneratedRegex(@"`([A-Z][A-Za-z_]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z-]+")]
    private static partial Regex Option();

    [GeneratedRegex(@"(?:containerPort|port|targetPort): (\d+)")]
    private static partial Regex Port();

    [GeneratedRegex(@"^            - name: ([A-Z]\w+)\r?$", RegexOptions.Multiline)]
    private static partial Regex EnvironmentOfPod();
}
