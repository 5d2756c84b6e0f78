using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Idp.Kubernetes.Client;

/// <summary>One named entry of a kubeconfig, with the directory that its paths are relative to.</summary>
internal sealed class KubeconfigEntry(string title, JsonObject value, string directory)
{
    public string Directory => directory;

    public JsonObject Value => value;

    /// <summary>A scalar as text, whatever the YAML parser made of it.</summary>
    public static string? Scalar(JsonNode? node) => node is JsonValue scalar ? scalar.ToString() : null;

    public bool Has(string member) => value[member] is not null;

    public string? Text(string member) => Scalar(value[member]);

    public bool Flag(string member) => bool.TryParse(Text(member), out var flag) && flag;

    public string? FilePath(string member) =>
        Text(member) is { Length: > 0 } path ? Path.Combine(directory, path) : null;

    public KubeconfigEntry? Child(string member) =>
        value[member] is JsonObject child ? new KubeconfigEntry($"{title}, {member}", child, directory) : null;

    /// <summary>Reads <c>NAME-data</c> (base64) or else the file <c>NAME</c>.</summary>
    public string? Pem(string member)
    {
        string? pem = null;
        Guard(member, () =>
        {
            if (Text($"{member}-data") is { Length: > 0 } data)
            {
                pem = Encoding.ASCII.GetString(Convert.FromBase64String(data));
            }
            else if (FilePath(member) is { } path)
            {
                pem = BoundedText.OfFile(path, Bounds.Credential);
            }
        });
        return pem;
    }

    /// <summary>Says which entry is at fault, and nothing of what is in it.</summary>
    public void Guard(string member, Action read)
    {
        try
        {
            read();
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException or ArgumentException)
        {
            throw new KubeConfigException($"The {title} has a {member} that is no PEM data.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KubeConfigException($"The {title} names a {member} that cannot be read.", exception);
        }
    }

    public override string ToString() => title;
}
