using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Operator.Repositories;
using Idp.Sandbox.GitHub;

namespace Idp.Operator.Tests.Ownership;

/// <summary>One random history of three teams and of people who push, describe, rename and transfer, beside the model.</summary>
internal sealed class OwnershipHistory(OwnershipWorld world, int seed)
{
    /// <summary>What the three teams are granted: two may adopt what is called shared, the third nothing.</summary>
    public const string Teams = """
        teams:
          - {namespace: team-a, adopt: ["shared-*"]}
          - {namespace: team-b, adopt: ["acme/shared-*"]}
          - {namespace: team-c}
        """;

    private static readonly string[] Keys =
        [.. from team in (string[])["team-a", "team-b", "team-c"] from app in (string[])["web", "evil"] select $"{team}/{app}"];

    private readonly Random _random = new(seed);
    private readonly OwnershipModel _model = new();
    private readonly List<string> _descriptions = ["Edited."];
    private readonly List<string> _markers = ["\n", "{}"];
    private readonly List<string> _steps = [];

    // The deployment repository of one is what another calls its own.
    private readonly string[] _names =
        [$"shared-{seed}", $"shared-{seed}", $"shop-{seed}", $"shop-{seed}", $"shared-{seed}-deploy", $"shop-{seed}-deploy"];

    /// <summary>Lives through it; what is wrong is thrown with the seed and every step.</summary>
    public async Task LiveAsync()
    {
        try
        {
            world.Begin();
            for (var step = _random.Next(5, 15); step > 0; step--)
            {
                await StepAsync();
            }

            foreach (var key in Keys)
            {
                await ReconcileAsync(key);
            }
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"History {seed}: {string.Join("; ", _steps)}: {error.Message}", error);
        }
        finally
        {
            foreach (var id in _model.Repositories.Keys)
            {
                await world.SendAsync("DELETE", $"repositories/{id}");
            }
        }
    }

    private Task StepAsync() => _random.Next(22) switch
    {
        < 5 => ApplyAsync(Pick(Keys)),
        5 => CrashAsync(Pick(Keys)),
        6 => RaceAsync(Pick(Keys), Pick(Keys)),
        < 9 => DeleteAsync(Pick(Keys)),
        < 11 => LoseStatusAsync([Pick(Keys)]),
        11 => LoseStatusAsync(Keys),
        12 => RenameAsync(),
        13 => TransferAsync(),
        14 => MakeOwnAsync(),
        15 => DescribeAsync(),
        < 18 => ComeAgainAsync(Pick(Keys)),
        _ => PushAsync(),
    };

    private async Task ApplyAsync(string key)
    {
        _steps.Add($"apply {key}");
        if (!_model.Apps.ContainsKey(key))
        {
            var (name, deletes, visibility) = (Pick(_names), _random.Next(2) == 0, Pick(["Private", "Public"]));

            // What is asked for and not granted is refused before anything else, and has tests of its own.
            var adopts = _random.Next(2) == 0 && name.StartsWith("shared", StringComparison.Ordinal) && !key.StartsWith("team-c", StringComparison.Ordinal);
            var separate = _random.Next(3) == 0;
            Apply(key, new ModelApp(name, adopts, deletes, visibility, separate));
        }

        await ReconcileAsync(key);
    }

    private void Apply(string key, ModelApp app)
    {
        _model.Apps[key] = app;
        world.Apply(key, app.Name, app.Visibility, app.Adopts, app.Deletes, app.Separate);
        _steps.Add($"{key} is {app}");
    }

    // It wants for its own what it had for its deployment manifests.
    private async Task ComeAgainAsync(string key)
    {
        if (_model.Apps.TryGetValue(key, out var app) && app.Separate)
        {
            await DeleteAsync(key);
            Apply(key, app with { Name = $"{app.Name}-deploy", Separate = false, Id = null, DeploymentId = null });
        }

        await ApplyAsync(key);
    }

    // GitHub makes the repository, and its answer gets lost.
    private async Task CrashAsync(string key)
    {
        _steps.Add("lose the answer to the next create");
        world.Server.Add(new GitHubFault { Method = "POST", Path = "/orgs/acme/repos$", Kind = GitHubFaultKind.DropAfter });
        await ApplyAsync(key);
        world.Server.ClearFaults();
    }

    private async Task RaceAsync(string one, string other)
    {
        var name = Pick(_names);
        if (one == other || _model.Apps.ContainsKey(one) || _model.Apps.ContainsKey(other) || await world.FindAsync($"acme/{name}") is not null)
        {
            return;
        }

        _steps.Add($"race of {one} and {other} for {name}");
        foreach (var key in (string[])[one, other])
        {
            Apply(key, new ModelApp(name, Adopts: false, Deletes: false, "Private", Separate: false));
        }

        await Task.WhenAll(world.ReconcileAsync(one), world.ReconcileAsync(other));
        var winner = new[] { one, other }.Single(key => world.Cluster.Find(key)!.Status.Repository is not null);
        await LearnAsync(winner, (await world.FindAsync($"acme/{name}"))!);
        _model.Apps[winner].Id = IdOf((await world.FindAsync($"acme/{name}"))!);
        await ReconcileAsync(one);
        await ReconcileAsync(other);
    }

    private async Task ReconcileAsync(string key)
    {
        if (!_model.Apps.TryGetValue(key, out var app))
        {
            return;
        }

        var before = await PrintAllAsync();
        List<(Claim Claim, JsonObject? Found)> claims = [];
        foreach (var claim in ClaimsOf(key, app))
        {
            claims.Add((claim, await FindAsync(claim)));
        }

        var status = (await world.ReconcileAsync(key))!;
        foreach (var (claim, found) in claims)
        {
            if (found is null && await FindAsync(claim) is { } made)
            {
                await LearnAsync(claim.Owner, made);
            }
        }

        claims.ForEach(each => Expect(key, app, each.Claim, each.Found, status));
        await ExpectUntouchedAsync(before, key);
        foreach (var own in new[] { app.Id, app.DeploymentId }.OfType<long>())
        {
            if (await world.SendAsync("GET", $"repositories/{own}") is JsonObject live && IsHere(live))
            {
                if (status.Conditions.Any(condition => condition is { Type: Conditions.RepositoryReady, Status: ConditionStatus.True }))
                {
                    live["visibility"]!.ToString().Should().Be(app.Visibility.ToLowerInvariant(), $"{key} decides who may see its own repository");
                }

                await LearnAsync(key, live);
            }
        }
    }

    private void Expect(string key, ModelApp app, Claim claim, JsonObject? found, BackendAppStatus status)
    {
        var was = claim.IsDeployment ? app.DeploymentId : app.Id;
        var now = claim.IsDeployment ? status.DeploymentRepository?.Id : status.Repository?.Id;
        if (was is not null)
        {
            now.Should().Be(was, $"the id in the status of {claim.Owner} decides");
        }
        else if (now is { } id)
        {
            (_model.Owns(claim.Owner, id) || (!claim.IsDeployment && _model.MayAdopt(key, id))).Should().BeTrue($"{claim.Owner} took {id} of {_model.Repositories[id].Owner}");
            (_model.Repositories[id].Owner, _model.Repositories[id].IsAdopted) = (claim.Owner, _model.Repositories[id].IsAdopted || !_model.Owns(claim.Owner, id));
        }
        else if (found is not null)
        {
            // One that wants a second repository takes nothing in while that one cannot be made.
            var mustAdopt = claim is { IsDeployment: false } && !app.Separate && found["name"]!.ToString() == claim.Name && _model.MustAdopt(key, IdOf(found));
            ((_model.MustFind(claim.Owner, IdOf(found)) || mustAdopt) && IsHere(found)).Should().BeFalse(
                $"{claim.Owner} has to find {found["full_name"]}: {status.Conditions.First(condition => condition.Type == "Ready").Message}");
        }

        (app.Id, app.DeploymentId) = claim.IsDeployment ? (app.Id, now) : (now, app.DeploymentId);
    }

    private async Task DeleteAsync(string key)
    {
        if (!_model.Apps.Remove(key, out var app))
        {
            return;
        }

        _steps.Add($"delete {key}");
        var before = await PrintAllAsync();
        await world.DeleteAsync(key);
        await ExpectUntouchedAsync(before, key);
        foreach (var id in before.Keys)
        {
            if (await world.PrintAsync(id) is null)
            {
                app.Deletes.Should().BeTrue($"{key} keeps its repository");
                _model.Repositories.Remove(id);
            }
            else
            {
                MustGo(app, id, before).Should().BeFalse($"{key} deletes {id}");
            }
        }
    }

    // By its name that of the application confirms the deletion of both.
    private static bool MustGo(ModelApp app, long id, Dictionary<long, string?> before) => app.Deletes
        && app.Id is { } own
        && before[own]?.StartsWith($"acme/{app.Name} ", StringComparison.Ordinal) == true
        && (id == own || (id == app.DeploymentId && before[id]!.StartsWith("acme/", StringComparison.Ordinal)));

    // A restore from a backup: other uids, no status.
    private async Task LoseStatusAsync(string[] keys)
    {
        _steps.Add($"lose the status of {string.Join(", ", keys)}");
        foreach (var key in keys)
        {
            world.LoseStatus(key);
            if (_model.Apps.TryGetValue(key, out var app))
            {
                (app.Id, app.DeploymentId) = (null, null);
            }
        }

        // Whoever attacks may come between.
        foreach (var key in keys.OrderBy(_ => _random.Next()).Where(_ => _random.Next(2) == 0).ToList())
        {
            await ReconcileAsync(key);
        }
    }

    private async Task RenameAsync()
    {
        if (await PickRepositoryAsync() is { } repository)
        {
            var name = Pick([$"moved-{seed}-{_steps.Count}", .. _names]);
            _steps.Add($"rename {repository["full_name"]} to {name}");
            if (await world.SendAsync("PATCH", $"repositories/{IdOf(repository)}", new JsonObject { ["name"] = name }) is not null)
            {
                DefaceUnlaid(repository);
            }
        }
    }

    private async Task TransferAsync()
    {
        if (await PickRepositoryAsync() is { } repository)
        {
            var target = IsHere(repository) ? "umbrella" : "acme";
            _steps.Add($"transfer {repository["full_name"]} to {target}");
            await world.SendAsync(
                "POST",
                "_sandbox/transfer",
                new JsonObject { ["owner"] = repository["owner"]!["login"]!.ToString(), ["name"] = repository["name"]!.ToString(), ["new_owner"] = target });
            DefaceUnlaid(repository);
        }
    }

    // A repository of the attacker's own, of a name that somebody wants, described as one that was being set up.
    private async Task MakeOwnAsync()
    {
        // Within the tolerance of clocks a copy would count, were the name free again so soon: docs/decisions/0011-ownership.md, "What remains".
        world.Clock.Advance(CreationMarker.Tolerance + TimeSpan.FromMinutes(1));
        var (name, description) = (Pick(_names), Pick(_descriptions));
        _steps.Add($"somebody makes {name} '{description}'");
        var body = new JsonObject { ["name"] = name, ["private"] = true, ["description"] = description, ["auto_init"] = _random.Next(2) == 0 };
        if (await world.SendAsync("POST", "orgs/acme/repos", body) is JsonObject made)
        {
            _model.Repositories[IdOf(made)] = new ModelRepository();
        }
    }

    private async Task DescribeAsync()
    {
        if (await PickRepositoryAsync() is { } repository)
        {
            var description = Pick(_descriptions);
            _steps.Add($"describe {repository["full_name"]} as '{description}'");
            await world.SendAsync("PATCH", $"repositories/{IdOf(repository)}", new JsonObject { ["description"] = description });
            DefaceUnlaid(repository);
        }
    }

    private async Task PushAsync()
    {
        if (await PickRepositoryAsync() is not { } repository
            || await world.SendAsync("GET", $"repos/{repository["full_name"]}/git/ref/heads/main") is null)
        {
            return;
        }

        // Of another repository, of another time, or written anew with a signature that was copied.
        var text = Pick(_markers);
        if (_random.Next(2) == 0)
        {
            var forged = RepositoryMarker.Of(new RepositoryOwner(Guid.NewGuid().ToString(), Pick(Keys), Pick([null, RepositoryOwner.Deployment])));
            text = (forged with { Signature = RepositoryMarker.Read(text)?.Signature ?? "forged" }).ToFile();
        }

        _steps.Add($"push {text.ReplaceLineEndings(" ")} to {repository["full_name"]}");
        await world.PushAsync(repository["full_name"]!.ToString(), RepositoryMarker.Path, text);
        _model.Repositories[IdOf(repository)].IsDefaced = true;
    }

    private void DefaceUnlaid(JsonObject repository)
    {
        var known = _model.Repositories[IdOf(repository)];
        known.IsDefaced |= !known.IsLaid;
    }

    /// <summary>Keeps what an attacker would: every description and every marker.</summary>
    private async Task LearnAsync(string maker, JsonObject repository)
    {
        if (!_model.Repositories.TryGetValue(IdOf(repository), out var known))
        {
            _model.Repositories[IdOf(repository)] = known = new ModelRepository { Owner = maker };
        }

        _descriptions.Add(repository["description"]?.ToString() ?? "");
        if (await world.ReadAsync(repository["full_name"]!.ToString(), RepositoryMarker.Path) is { } marker)
        {
            known.IsLaid = true;
            _markers.Add(marker);
        }
    }

    private async Task<Dictionary<long, string?>> PrintAllAsync()
    {
        Dictionary<long, string?> all = [];
        foreach (var id in _model.Repositories.Keys)
        {
            all[id] = await world.PrintAsync(id);
        }

        return all;
    }

    private async Task ExpectUntouchedAsync(Dictionary<long, string?> before, string key)
    {
        foreach (var (id, print) in before.Where(each => !_model.OwnsAny(key, each.Key)))
        {
            (await world.PrintAsync(id)).Should().Be(print, $"{key} writes to nothing but its own");
        }
    }

    private Task<JsonObject?> FindAsync(Claim claim) => world.FindAsync($"acme/{claim.Name}");

    private static Claim[] ClaimsOf(string key, ModelApp app) => app.Separate
        ? [new Claim(key, app.Name, IsDeployment: false), new Claim(OwnershipModel.DeploymentOf(key), $"{app.Name}-deploy", IsDeployment: true)]
        : [new Claim(key, app.Name, IsDeployment: false)];

    private async Task<JsonObject?> PickRepositoryAsync() => _model.Repositories.Count == 0
        ? null
        : await world.SendAsync("GET", $"repositories/{Pick([.. _model.Repositories.Keys.Order()])}") as JsonObject;

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private static bool IsHere(JsonObject repository) => repository["owner"]!["login"]!.ToString() == "acme";

    private static long IdOf(JsonObject repository) => repository["id"]!.GetValue<long>();

    /// <summary>A repository that a BackendApp wants.</summary>
    /// <param name="Owner">As which it wants it.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="IsDeployment">Whether it is for its deployment manifests.</param>
    private sealed record Claim(string Owner, string Name, bool IsDeployment);
}
