using System.Globalization;

namespace Idp.Sandbox.GitHub;

/// <summary>Cuts lists into pages as a caller asks for.</summary>
internal static class Paging
{
    /// <summary>Returns the page: <c>per_page</c> and <c>page</c> in the query, within what GitHub allows.</summary>
    public static IEnumerable<T> Cut<T>(IReadOnlyList<T> all, ApiCall call, int usual = 30, int most = 100)
    {
        var size = Math.Clamp(Number(call.Query["per_page"], usual), 1, most);
        var page = Math.Max(Number(call.Query["page"], 1), 1);
        return all.Skip((page - 1) * size).Take(size);
    }

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
