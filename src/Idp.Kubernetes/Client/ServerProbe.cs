using System.Globalization;
using System.Text.Json;

namespace Idp.Kubernetes.Client;

/// <summary>Asks once which Kubernetes the server is.</summary>
internal sealed class ServerProbe(Transport transport)
{
    private volatile object? _version;

    public async Task<ServerVersion> GetVersionAsync(CancellationToken cancellationToken)
    {
        // Two callers at the start may both ask; the answer is the same.
        if (_version is not ServerVersion version)
        {
            version = Read(await transport.GetAsync("version", cancellationToken));
            _version = version;
        }

        return version;
    }

    private static ServerVersion Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return new ServerVersion(Number(document.RootElement, "major"), Number(document.RootElement, "minor"));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw Errors.Unreachable("GET /version", "the answer is no version", exception);
        }
    }

    // Vendors write "27+".
    private static int Number(JsonElement root, string name)
    {
        var text = root.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
        return int.TryParse(text.TrimEnd('+'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}

/// <summary>Which Kubernetes the server is.</summary>
/// <param name="Major">Such as 1.</param>
/// <param name="Minor">Such as 30.</param>
public readonly record struct ServerVersion(int Major, int Minor)
{
    /// <summary>Whether the server is at least this version.</summary>
    public bool IsAtLeast(int major, int minor) => Major > major || (Major == major && Minor >= minor);

    /// <summary>Returns <c>1.30</c>.</summary>
    public override string ToString() => $"{Major}.{Minor}";
}
