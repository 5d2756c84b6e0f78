using System.Text;
using Idp.Kubernetes.Client;

namespace Idp.Operator.Webhooks;

/// <summary>The secrets that stand in a file, one a line; blanks around them and empty lines are cut off.</summary>
internal static class WebhookSecret
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>Reads the file, which a rotated Secret needs each time; none where it is missing, empty or unreadable.</summary>
    public static IReadOnlyList<byte[]> Read(string path)
    {
        try
        {
            var lines = BoundedText.OfFile(path, MaxBytes).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return [.. lines.Select(Encoding.UTF8.GetBytes)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
