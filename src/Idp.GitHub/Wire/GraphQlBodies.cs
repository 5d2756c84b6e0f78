using System.Text.Json.Serialization;

namespace Idp.GitHub;

/// <summary>A question to GitHub's GraphQL API that changes branches.</summary>
internal sealed record UpdateRefsQuestion(string Query, UpdateRefsVariables Variables)
{
    private const string Mutation = "mutation($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }";

    public static UpdateRefsQuestion Of(string repositoryId, RefUpdate update) =>
        new(Mutation, new UpdateRefsVariables(new UpdateRefsInput(repositoryId, [update])));
}

/// <summary>What the question is about.</summary>
internal sealed record UpdateRefsVariables(UpdateRefsInput Input);

/// <summary>The changes, all or none of which are made.</summary>
internal sealed record UpdateRefsInput(string RepositoryId, IReadOnlyList<RefUpdate> RefUpdates);

/// <summary>Moves a branch that stands where it is said to.</summary>
internal sealed record RefUpdate(string Name, string BeforeOid, string AfterOid, bool Force);

/// <summary>An answer of the GraphQL API: what went wrong is said beside the status 200.</summary>
internal sealed record GraphQlAnswer(IReadOnlyList<GraphQlError>? Errors);

/// <summary>Something that went wrong.</summary>
internal sealed record GraphQlError(string? Type, string? Message);

/// <summary>How the bodies are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(UpdateRefsQuestion))]
[JsonSerializable(typeof(GraphQlAnswer))]
internal sealed partial class GraphQlJson : JsonSerializerContext;
