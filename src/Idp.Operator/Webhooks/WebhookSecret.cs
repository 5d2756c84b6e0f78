using System.Text;

namespace Idp.Operator.Webhooks;

/// <summary>The secrets that stand in a file, one a line; blanks around them and empty lines are cut off.</summary>
internal static class WebhookSecret
{
    /// <summary>Reads the file, which a rotated Secret needs each time; none where it is missing, empty or unreadable.</summary>
    public static IReadOnlyList<byte[]> Read(string path)
    {
        try
        {
            var lines = File.ReadAllText(path).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return [.. lines.Select(Encoding.UTF8.GetBytes)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
