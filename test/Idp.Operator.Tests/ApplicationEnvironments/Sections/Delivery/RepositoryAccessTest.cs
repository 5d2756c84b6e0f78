using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Operator.ApplicationEnvironments;

namespace Idp.Operator.Tests.ApplicationEnvironments;

/// <summary>Statuses as Argo CD writes them when its repository server is, or is not, refused by GitHub.</summary>
public sealed class RepositoryAccessTest
{
    private const string Prefix =
        "Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = ";

    [Theory]
    [InlineData(Prefix + "failed to list refs: authentication required: Repository not found.")]
    [InlineData(Prefix + "authentication required")]
    [InlineData("rpc error: code = Unknown desc = authentication required")]
    [InlineData(Prefix + "failed to list refs: authorization failed")]
    [InlineData(Prefix + "failed to list refs: repository not found")]
    [InlineData(Prefix + "failed to initialize repository resources: rpc error: code = Internal desc = Failed to fetch default: `git fetch origin --tags --force --prune` "
        + "failed exit status 128: fatal: could not read Username for 'https://github.com': terminal prompts disabled")]
    [InlineData(Prefix + "failed to initialize repository resources: rpc error: code = Internal desc = Failed to fetch default: `git fetch origin` failed exit status 128: "
        + "remote: Repository not found.\nfatal: repository 'https://github.com/acme/payment-service.git/' not found")]
    [InlineData(Prefix + "failed to list refs: error creating SSH agent: ssh: handshake failed: ssh: unable to authenticate, attempted methods [none publickey]")]
    [InlineData(Prefix + "could not refresh installation id 678's token: received non 2xx response status \"401 Unauthorized\" when fetching "
        + "https://api.github.com/app/installations/678/access_tokens")]
    public void RefusedRepositoryIsSaidToBeOne_InArgoCdsWordsWithTheWayOut(string message)
    {
        var state = Of("ComparisonError", message);

        state.Should().BeEquivalentTo(new { Reason = Reasons.RepositoryAccessMissing, Status = ConditionStatus.False, Health = Health.Failed });
        state.Message.Should().Contain("https://github.com/acme/payment-service.git").And.Contain(message.TrimEnd('.')).And.Contain("docs/getting-started.md");
    }

    [Theory]
    [InlineData("ComparisonError", Prefix + "deploy/overlays/staging: app path does not exist")]
    [InlineData("ComparisonError", Prefix + "unable to resolve 'main' to a commit SHA")]
    [InlineData("ComparisonError", Prefix + "failed to list refs: dial tcp: lookup github.com: no such host")]
    [InlineData("ComparisonError", Prefix + "`kustomize build <path to cached source>/deploy` failed exit status 1: Error: accumulating resources: accumulation err='accumulating "
        + "resources from 'https://github.com/other/base': git fetch: fatal: could not read Username for 'https://github.com': terminal prompts disabled'")]
    [InlineData("InvalidSpecError", "application repo https://github.com/acme/payment-service.git is not permitted in project 'payments'")]
    [InlineData("SyncError", "Failed last sync attempt: authentication required")]
    [InlineData("OrphanedResourceWarning", "authentication required")]
    public void AnotherErrorIsNot(string type, string message) => Of(type, message).Reason.Should().NotBe(Reasons.RepositoryAccessMissing);

    [Fact]
    public void RefusalComesBeforeTheSyncThatFailedOfIt()
    {
        var state = Of("ComparisonError", Prefix + "authentication required", status =>
        {
            status["operationState"]!["phase"] = "Error";
            status["operationState"]!["message"] = "ComparisonError: authentication required";
        });

        state.Reason.Should().Be(Reasons.RepositoryAccessMissing);
    }

    private static ChildState Of(string type, string message, Action<JsonObject>? change = null)
    {
        var plan = Samples.Plan("full");
        var live = World.Live(plan.Objects[^1], (_, json) =>
        {
            var status = json["status"]!.AsObject();
            status["sync"]!["status"] = "Unknown";
            status["sync"]!.AsObject().Remove("revision");
            status["conditions"] = new JsonArray(
                new JsonObject { ["type"] = type, ["message"] = message, ["lastTransitionTime"] = "2026-01-01T11:00:00Z" });
            change?.Invoke(status);
        });
        return DeliveryState.Of(live, DeliverySection.ContractOf(plan.Environment));
    }
}
