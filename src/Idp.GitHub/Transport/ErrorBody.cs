using System.Text.Json;

namespace Idp.GitHub;

/// <summary>The body of a failure, in whichever of its shapes it came; all its text is free of tokens.</summary>
/// <remarks>
/// See https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed.
/// </remarks>
internal sealed record ErrorBody(string Message, string? DocumentationUrl, IReadOnlyList<GitHubErrorDetail> Errors)
{
    private const int MaxLength = 500;

    /// <summary>The message and the single mistakes as one text.</summary>
    public string Text => string.Join(" ", Errors.Select(error => error.ToString()).Prepend(Message).Distinct());

    public static ErrorBody Parse(ReadOnlyMemory<byte> body, string token)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object)
            {
                var documentation = String(root, "documentation_url", token);
                return new ErrorBody(String(root, "message", token) ?? "", documentation, Details(root, token));
            }

            return new ErrorBody("", null, []);
        }
        catch (JsonException)
        {
            // A proxy's page, or nothing at all: the status has to do.
            return new ErrorBody("", null, []);
        }
    }

    private static List<GitHubErrorDetail> Details(JsonElement root, string token)
    {
        var details = new List<GitHubErrorDetail>();
        if (!root.TryGetProperty("errors", out var errors))
        {
            return details;
        }

        if (errors.ValueKind == JsonValueKind.Array)
        {
            details.AddRange(errors.EnumerateArray().Select(error => Detail(error, token)));
        }
        else
        {
            details.Add(Detail(errors, token));
        }

        return details;
    }

    private static GitHubErrorDetail Detail(JsonElement error, string token) => error.ValueKind == JsonValueKind.Object
        ? new GitHubErrorDetail
        {
            Resource = String(error, "resource", token),
            Field = String(error, "field", token),
            Code = String(error, "code", token),
            Message = String(error, "message", token),
        }
        : new GitHubErrorDetail { Message = Clean(error.ToString(), token) };

    private static string? String(JsonElement element, string name, string token) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? Clean(value.GetString() ?? "", token)
            : null;

    private static string Clean(string text, string token)
    {
        var clean = Redaction.Redact(text, token).ReplaceLineEndings(" ");
        return clean.Length <= MaxLength ? clean : string.Concat(clean.AsSpan(0, MaxLength), "...");
    }
}
