using Idp.Kubernetes.Model;

namespace Idp.EndToEnd.Tests.World;

/// <summary>Everything that others than the owner of a secret can read.</summary>
internal static class PublicPlaces
{
    /// <summary>Reads it all, by where it is.</summary>
    /// <param name="platform">The world.</param>
    /// <param name="repository">A repository that the operator made; its history is one of the places.</param>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(Platform platform, string repository)
    {
        var places = new Dictionary<string, string> { ["metrics"] = await platform.ReadOperatorAsync("metrics") };
        foreach (var log in Directory.EnumerateFiles(Path.Combine(platform.Sandbox.Directory, "log"), "operator-*.log"))
        {
            places[Path.GetFileName(log)] = await File.ReadAllTextAsync(log);
        }

        ResourceKind[] kinds = [Kinds.BackendApp, .. Kinds.Owned, .. Kinds.Deployed, WellKnownKinds.Event, WellKnownKinds.ConfigMap, WellKnownKinds.Lease];
        foreach (var kind in kinds)
        {
            places[kind.Kind] = string.Join('\n', await OursAsync(platform, kind));
        }

        var folder = await platform.GitHub.CloneAsync(repository);
        places["repository"] = await GitHubApi.GitAsync(folder, "log", "--patch");
        return places;
    }

    /// <summary>Fails for every place that holds one of the secrets.</summary>
    public static void ShouldHoldNone(this IReadOnlyDictionary<string, string> places, IReadOnlyCollection<string> secrets)
    {
        places.Should().ContainKey("metrics").And.ContainKey("BackendApp").And.ContainKey("Event");
        foreach (var (place, text) in places)
        {
            secrets.Where(secret => text.Contains(secret, StringComparison.Ordinal)).Should().BeEmpty($"{place} is for everybody");
        }
    }

    /// <summary>The objects as they are, without the words of those who were made to say secrets.</summary>
    private static async Task<IEnumerable<string>> OursAsync(Platform platform, ResourceKind kind)
    {
        var items = await platform.ListAsync(kind);
        foreach (var item in items.Where(_ => kind == ForeignKinds.Cluster))
        {
            item.Remove("status");
        }

        return items.Select(item => item.ToJsonString());
    }
}
