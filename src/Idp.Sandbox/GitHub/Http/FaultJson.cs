using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Idp.Sandbox.GitHub;

/// <summary>How a fault is written in a request.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(FaultBody))]
internal sealed partial class FaultJson : JsonSerializerContext;

/// <summary>A fault as it is written; what is left out gets the default of <see cref="GitHubFault"/>.</summary>
internal sealed record FaultBody(
    string? Method,
    string? Path,
    int? Skip,
    int? Times,
    GitHubFaultKind? Kind,
    int? Status,
    JsonNode? Body,
    Dictionary<string, string>? Headers)
{
    public GitHubFault ToFault()
    {
        var usual = new GitHubFault();
        return new GitHubFault
        {
            Method = Method,
            Path = Path,
            Skip = Skip ?? usual.Skip,
            Times = Times ?? usual.Times,
            Kind = Kind ?? usual.Kind,
            Status = Status ?? usual.Status,
            Body = Body,
            Headers = Headers ?? usual.Headers,
        };
    }
}
