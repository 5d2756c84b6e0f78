using Idp.Operator.Yaml;

namespace Idp.Operator.Tests.ApplicationEnvironments;

public sealed class GoldenPlanTest
{
    [Theory]
    [InlineData("minimal")]
    [InlineData("full")]
    [InlineData("manual-external")]
    [InlineData("private")]
    public void PlanIsAsItWasReviewed(string sample)
    {
        var plan = Samples.Plan(sample);

        plan.Problem.Should().BeNull();
        var golden = Path.Combine(Samples.Folder, "golden", $"{sample}.yaml");
        var actual = string.Join("---\n", plan.Objects.Select(wanted => YamlWriter.Write(wanted.Body)));
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(golden)!);
            File.WriteAllText(golden, actual);
        }

        actual.Should().Be(File.ReadAllText(golden), "UPDATE_GOLDEN=1 writes the golden files anew");
    }

    [Fact]
    public void SamePlanTwiceIsTheSame()
    {
        var once = string.Join("---\n", Samples.Plan("full").Objects.Select(wanted => YamlWriter.Write(wanted.Body)));
        var again = string.Join("---\n", Samples.Plan("full").Objects.Select(wanted => YamlWriter.Write(wanted.Body)));

        again.Should().Be(once);
    }
}
