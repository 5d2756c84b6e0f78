using System.Globalization;

namespace Idp.Kubernetes.Cache;

/// <summary>Compares resource versions of one kind.</summary>
/// <remarks>
/// They are the store's revision: a number that only grows. What is no number is taken for newer, so that nothing is
/// ever withheld by mistake. https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions
/// </remarks>
internal static class ResourceVersions
{
    /// <summary>Whether the first is newer than the second.</summary>
    public static bool IsNewer(string version, string than) =>
        !TryRead(version, out var left) || !TryRead(than, out var right) || left > right;

    /// <summary>Whether the first is known to be older than the second.</summary>
    public static bool IsOlder(string version, string than) =>
        TryRead(version, out var left) && TryRead(than, out var right) && left < right;

    /// <summary>The newer one of the two.</summary>
    public static string Newer(string left, string right) => IsNewer(left, right) ? left : right;

    private static bool TryRead(string version, out ulong number) =>
        ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
