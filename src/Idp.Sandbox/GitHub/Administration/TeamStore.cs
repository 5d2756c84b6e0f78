using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Idp.Sandbox.GitHub;

/// <summary>The teams of all organisations, in memory and in one file; a restart finds them as they were.</summary>
internal sealed class TeamStore
{
    private readonly Lock _lock = new();
    private readonly string _file;
    private readonly List<StoredTeam> _teams = [];

    public TeamStore(GitHubServerOptions options)
    {
        _file = Path.Combine(options.DataDirectory, "teams.json");
        _teams = File.Exists(_file)
            ? JsonSerializer.Deserialize(File.ReadAllBytes(_file), TeamStoreJson.Default.ListStoredTeam) ?? []
            : [];
        foreach (var organisation in options.Organisations)
        {
            foreach (var name in options.Teams)
            {
                Create(organisation, name);
            }
        }
    }

    public StoredTeam? Find(string organisation, string slug)
    {
        lock (_lock)
        {
            return _teams.Find(team => Same(team.Organisation, organisation) && Same(team.Slug, slug));
        }
    }

    public StoredTeam? Find(long id)
    {
        lock (_lock)
        {
            return _teams.Find(team => team.Id == id);
        }
    }

    /// <summary>Makes a team, or returns null if its slug is taken.</summary>
    public StoredTeam? Create(string organisation, string name)
    {
        lock (_lock)
        {
            var team = new StoredTeam(_teams.Count + 1, organisation, name, SlugOf(name));
            if (_teams.Exists(other => Same(other.Organisation, organisation) && other.Slug == team.Slug))
            {
                return null;
            }

            _teams.Add(team);
            File.WriteAllBytes(_file, JsonSerializer.SerializeToUtf8Bytes(_teams, TeamStoreJson.Default.ListStoredTeam));
            return team;
        }
    }

    private static string SlugOf(string name) => string.Concat(
        name.ToLower(CultureInfo.InvariantCulture).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' ? letter : '-'));

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A team.</summary>
internal sealed record StoredTeam(long Id, string Organisation, string Name, string Slug);

/// <summary>How teams are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(List<StoredTeam>))]
internal sealed partial class TeamStoreJson : JsonSerializerContext;
