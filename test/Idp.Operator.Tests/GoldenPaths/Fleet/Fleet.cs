using Idp.Entities;
using Idp.Operator.Tests.Ownership;
using Idp.Sandbox.GitHub;
using Idp.Testing.GoldenPaths;

namespace Idp.Operator.Tests.GoldenPaths.Fleet;

/// <summary>Many repositories that follow one golden path, the operator that keeps them, and the clock by which it comes to each when that is due.</summary>
internal sealed class Fleet(OwnershipWorld world, string folder, int count, int seed)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(30);
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, DateTimeOffset> _due = new(StringComparer.Ordinal);

    /// <summary>The applications.</summary>
    public IReadOnlyList<string> Names { get; } = [.. Enumerable.Range(0, count).Select(number => $"service-{number:000}")];

    /// <summary>The clones in which the teams work.</summary>
    public Dictionary<string, FleetRepository> Clones { get; } = new(StringComparer.Ordinal);

    /// <summary>The share of reconciles that do not come to an end, in percent.</summary>
    public int Kills { get; set; }

    /// <summary>How often the operator was killed.</summary>
    public int Killed { get; private set; }

    public static string Key(string name) => $"team-a/{name}";

    public static string Repository(string name) => $"acme/{name}";

    public TemplateStatus Status(string name) => world.Cluster.Find(Key(name))!.Status.Repository?.Template ?? new TemplateStatus();

    public IReadOnlyList<GitHubServerPullRequest> Open(string name) => world.Cluster.Find(Key(name))!.Status.Repository is null
        ? []
        : [.. world.Server.People.PullRequests(Repository(name)).Where(pull => pull.IsOpen)];

    /// <summary>Makes them all, and the clones.</summary>
    public async Task MakeAsync(TemplateVersion first)
    {
        Offer(first);
        foreach (var name in Names)
        {
            world.Apply(Key(name), name);
            _due[name] = world.Clock.GetUtcNow();
        }

        await UntilAsync(name => Status(name).Version == first.Version);
        foreach (var name in Names)
        {
            Clones[name] = await FleetRepository.CloneAsync(new Uri(world.Server.BaseAddress, $"{Repository(name)}.git"), Path.Combine(folder, name), first);
            await Clones[name].Git.RunAsync("config", "http.extraHeader", OwnershipWorld.GitHeader);
        }
    }

    /// <summary>Offers a version in place of the one before; the operator comes to everybody soon.</summary>
    public void Offer(TemplateVersion version)
    {
        foreach (var old in Directory.Exists(world.Templates.Full("tiny")) ? Directory.EnumerateDirectories(world.Templates.Full("tiny")) : [])
        {
            Directory.Delete(old, recursive: true);
        }

        var once = version.Files.Where(file => file.Value.Once).Select(file => $"  - {{path: \"{file.Key}\", once: true}}\n").ToList();
        world.Templates.Write(
            $"tiny/{version.Version}/template.yaml", $"name: tiny\nversion: {version.Version}\n{(once.Count > 0 ? $"files:\n{string.Concat(once)}" : "")}");
        foreach (var (path, file) in version.Files)
        {
            var target = world.Templates.Full($"tiny/{version.Version}/skeleton/{path}");
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, file.Content);
            if (file.Executable && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(target, File.GetUnixFileMode(target) | UnixFileMode.UserExecute);
            }
        }

        world.Refresh();
        foreach (var name in Names.Where(_due.ContainsKey))
        {
            Sooner(name, TimeSpan.FromSeconds(_random.Next(10)));
        }
    }

    /// <summary>Tells the operator that something happened to a repository, as GitHub's webhook does.</summary>
    public void Tell(string name)
    {
        world.Forget(Key(name));
        Sooner(name, TimeSpan.FromSeconds(1));
    }

    /// <summary>Lets the operator work until that holds of every application.</summary>
    public async Task UntilAsync(Func<string, bool> holds)
    {
        var limit = world.Clock.GetUtcNow() + TimeSpan.FromHours(24);
        while (Names.FirstOrDefault(name => !holds(name)) is { } waiting)
        {
            var next = _due.MinBy(due => due.Value);
            if (next.Value > limit)
            {
                var condition = world.Cluster.Find(Key(waiting))!.Status.Conditions.Single(condition => condition.Type == Conditions.TemplateCurrent);
                throw new InvalidOperationException($"{waiting} does not get there in a day: {condition.Reason} {condition.Message}");
            }

            if (next.Value > world.Clock.GetUtcNow())
            {
                world.Clock.AdvanceTo(next.Value);
            }

            await VisitAsync(next.Key);
        }
    }

    private async Task VisitAsync(string name)
    {
        var dies = _random.Next(100) < Kills;
        if (dies)
        {
            world.Process.DieAfter(_random.Next(12), takesEffect: _random.Next(2) == 0);
        }

        var wait = await world.VisitAsync(Key(name));
        Killed += dies && wait == TimeSpan.Zero ? 1 : 0;
        world.Process.Revive();
        _due[name] = world.Clock.GetUtcNow() + (wait ?? Retry);
        Open(name).Should().HaveCountLessThanOrEqualTo(1, "there is never a second pull request");
    }

    private void Sooner(string name, TimeSpan wait)
    {
        var at = world.Clock.GetUtcNow() + wait;
        _due[name] = _due[name] < at ? _due[name] : at;
    }
}
