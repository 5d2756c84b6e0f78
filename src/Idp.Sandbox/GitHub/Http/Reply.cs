using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>An answer of the API.</summary>
internal sealed record Reply(int Status, JsonNode? Body)
{
    private const string GenericDocumentation = "https://docs.github.com/rest";

    public string? Location { get; init; }

    /// <summary>The bytes of a file, where they were asked for alone.</summary>
    public byte[]? Content { get; init; }

    /// <summary>Headers beyond those that every answer has.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>GitHub's 404; for everything that is not there or may not be seen.</summary>
    public static Reply NotFound(string? documentation = null) => Error(404, "Not Found", documentation);

    /// <summary>An error body: the status is a text in it, and the errors are absent unless there are any.</summary>
    public static Reply Error(int status, string message, string? documentation = null, params JsonNode[] errors)
    {
        var body = new JsonObject { ["message"] = message };
        if (errors.Length > 0)
        {
            body["errors"] = new JsonArray(errors);
        }

        body["documentation_url"] = documentation ?? GenericDocumentation;
        body["status"] = status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new Reply(status, body);
    }

    public static JsonObject Mistake(string resource, string field, string code, string? message = null)
    {
        var mistake = new JsonObject { ["resource"] = resource, ["code"] = code, ["field"] = field };
        if (message is not null)
        {
            mistake["message"] = message;
        }

        return mistake;
    }
}
