using System.Text;
using System.Text.Json.Nodes;
using Idp.Operator.Webhooks;

namespace Idp.Operator.Tests.Webhooks;

/// <summary>Reads the payloads that GitHub publishes as examples.</summary>
public sealed class WebhookExamplesTest
{
    [FactWith(Needs.GitHubContract)]
    public void EveryExampleIsRead_AndSaysWhichRepositoryItIsAbout()
    {
        foreach (var (name, example) in Examples())
        {
            var read = WebhookPayload.Parse(Encoding.UTF8.GetBytes(example.ToJsonString()));

            read.Should().NotBeNull(name);
            read!.Repository?.Id.Should().Be(example["repository"]?["id"]?.GetValue<long>(), name);
            read.Action.Should().Be(example["action"]?.ToString(), name);
        }
    }

    [FactWith(Needs.GitHubContract)]
    public void OfTheExamples_TheseMatter()
    {
        var matter = from example in Examples()
                     where WebhookEvents.Matters(example.Name, WebhookPayload.Parse(Encoding.UTF8.GetBytes(example.Body.ToJsonString()))!)
                     select $"{example.Name} {example.Body["action"]}".TrimEnd();

        matter.Distinct().Order(StringComparer.Ordinal).Should().Contain(
            ["public", "pull_request closed", "repository edited", "repository privatized", "repository publicized", "repository renamed", "repository transferred", "team added_to_repository"])
            .And.NotContain(line => line.StartsWith("star", StringComparison.Ordinal) || line.StartsWith("ping", StringComparison.Ordinal))
            .And.NotContain("pull_request opened");
    }

    private static IEnumerable<(string Name, JsonObject Body)> Examples()
    {
        var text = File.ReadAllText(ContractTools.Package("@octokit", "webhooks-examples", "api.github.com", "index.json"));
        return from known in JsonNode.Parse(text)!.AsArray()
               from example in known!["examples"]!.AsArray()
               select (known["name"]!.ToString(), example!.AsObject());
    }
}
