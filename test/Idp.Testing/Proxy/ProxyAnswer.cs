using System.Globalization;
using System.Text.Json.Nodes;

namespace Idp.Testing.Proxy;

/// <summary>An answer that a <see cref="FaultProxy"/> gives in place of the server.</summary>
public sealed record ProxyAnswer
{
    /// <summary>Its status.</summary>
    public required int Status { get; init; }

    /// <summary>Its headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Its body.</summary>
    public string Body { get; init; } = "";

    /// <summary>A refusal as a Kubernetes API server words it.</summary>
    /// <param name="code">Such as 410.</param>
    /// <param name="reason">Such as <c>Expired</c>.</param>
    /// <param name="retryAfter">What the header <c>Retry-After</c> says; null for none.</param>
    /// <remarks>https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/</remarks>
    public static ProxyAnswer Refusal(int code, string reason, TimeSpan? retryAfter = null)
    {
        var headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" };
        if (retryAfter is { } pause)
        {
            headers["Retry-After"] = pause.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        }

        return new ProxyAnswer { Status = code, Headers = headers, Body = StatusOf(code, reason) };
    }

    internal static string StatusOf(int code, string reason) => new JsonObject
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Failure",
        ["message"] = $"{reason}, says the fault proxy",
        ["reason"] = reason,
        ["code"] = code,
    }.ToJsonString();
}
