using System.Text.Json.Nodes;
using Idp.Sandbox.GitHub;
using Idp.Sandbox.Tests.GitHub;
using Xunit.Abstractions;

namespace Idp.Sandbox.Tests.Contract;

/// <summary>Compares the contract server's answers with those that GitHub once gave to the same requests.</summary>
public sealed class RecordedAnswersTest(ITestOutputHelper output)
{
    [FactWith(Needs.GitHubContract)]
    public async Task TheServersAnswersHaveEveryMemberThatGitHubsHad()
    {
        var folder = Directory.CreateTempSubdirectory("recorded-");
        try
        {
            var found = await ReplayAsync(folder.FullName);

            var compared = found.Select(pair => pair.Exchange.ToString()).Distinct().ToList();
            compared.ForEach(output.WriteLine);
            compared.Should().HaveCountGreaterThanOrEqualTo(9, "so many of the recorded requests are about what the server serves");
            var lacks = found.Where(pair => pair.Lack.Length > 0).Select(pair => $"{pair.Exchange}: {pair.Lack}").ToList();
            lacks.Except(RecordedWaivers.All.Keys).Should().BeEmpty();
            RecordedWaivers.All.Keys.Except(lacks).Should().BeEmpty("a waiver that nothing needs has to go");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void MissingMembersAndOtherTypesAreNoticed()
    {
        var recorded = JsonNode.Parse("""{"a":1,"b":{"c":"x","d":null},"e":[{"f":true}],"g":[]}""");

        JsonShape.Missing(recorded, JsonNode.Parse("""{"a":2,"b":{"c":"y","d":5},"e":[{"f":false},{}],"g":[1],"h":0}"""), "body").Should().BeEmpty();
        JsonShape.Missing(recorded, JsonNode.Parse("""{"a":"1","b":{"c":null},"e":[{}]}"""), "body").Should().Equal(
            "body.a is string, recorded as number",
            "body.b.c is null, recorded as string",
            "body.b.d is missing",
            "body.e[0].f is missing",
            "body.g is missing");
    }

    private static async Task<List<(RecordedExchange Exchange, string Lack)>> ReplayAsync(string folder)
    {
        var found = new List<(RecordedExchange, string)>();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        foreach (var scenario in RecordedExchange.Scenarios())
        {
            var options = new GitHubServerOptions
            {
                DataDirectory = Path.Combine(folder, scenario),
                Token = Api.Token,
                Organisations = ["octokit-fixture-org"],
            };
            await using var server = await GitHubServer.StartAsync(options, CancellationToken.None);
            found.AddRange(await new RecordedReplay(server, http).RunAsync(scenario));
        }

        return found;
    }
}
