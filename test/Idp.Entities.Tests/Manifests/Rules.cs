using System.Text.Json;
using System.Text.Json.Nodes;

namespace Idp.Entities.Tests.Manifests;

/// <summary>What the operator itself says of a manifest.</summary>
internal static class Rules
{
    /// <summary>Every error as the user reads it; a manifest that cannot be read at all is one error.</summary>
    public static IReadOnlyList<string> Errors(JsonNode manifest)
    {
        try
        {
            return [.. Validate(manifest).Select(error => error.ToString())];
        }
        catch (JsonException exception)
        {
            return [$"{exception.Path}: {exception.Message}"];
        }
    }

    private static IReadOnlyList<FieldError> Validate(JsonNode manifest)
    {
        switch (manifest["kind"]!.GetValue<string>())
        {
            case "BackendApp":
                var app = manifest.Deserialize(BackendApp.JsonType)!;
                return BackendAppValidation.Validate(app.Spec, app.Metadata);
            case "ApplicationEnvironment":
                var environment = manifest.Deserialize(ApplicationEnvironment.JsonType)!;
                return ApplicationEnvironmentValidation.Validate(environment.Spec, environment.Metadata);
            default:
                return [];
        }
    }
}
