namespace Idp.EndToEnd.Tests.Installation;

/// <summary>What an application consists of.</summary>
internal static class Belongings
{
    /// <summary>Each object that was made for it, with its uid and whether it is being deleted; the environments themselves left out.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(TestApp app)
    {
        List<string> found = [];
        foreach (var kind in Kinds.Owned.Where(kind => kind != Kinds.Environment).Concat(Kinds.Deployed))
        {
            // Argo CD's objects are not labelled by us: they are looked for where they are.
            var items = Kinds.Deployed.Contains(kind)
                ? await app.Platform.ListAsync(kind, app.In("staging"))
                : await app.Platform.ListAsync(kind, labelSelector: app.Selector);
            found.AddRange(items.Select(item =>
                $"{kind.Kind} {item.TextAt("metadata", "name")} {item.TextAt("metadata", "uid")} {item.TextAt("metadata", "deletionTimestamp")}"));
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }
}
