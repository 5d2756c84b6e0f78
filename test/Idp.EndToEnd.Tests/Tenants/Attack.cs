using System.Text.RegularExpressions;
using FluentAssertions.Execution;
using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.Yaml;

namespace Idp.EndToEnd.Tests.Tenants;

/// <summary>Carries out one try, with the world before it and what the operator does meanwhile.</summary>
internal sealed partial class Attack
{
    private readonly Try _try;
    private readonly OwnThings _own;
    private readonly OperatorWrites _writes;
    private IReadOnlyDictionary<string, string> _cluster = new Dictionary<string, string>();
    private IReadOnlyDictionary<string, string> _gitHub;

    private Attack(TenantsPlatform platform, Try attempt, string name)
    {
        (Platform, _try, Name) = (platform, attempt, attempt.ObjectName ?? name);
        _own = new OwnThings(Name, Read(attempt.Spec).TextAt("repository", "name") ?? Name, attempt.MakesOwn);
        _writes = OperatorWrites.Begin(platform);
        _gitHub = platform.Reader.ReadGitHub(_own.IsRepository);
    }

    /// <summary>The world.</summary>
    public TenantsPlatform Platform { get; }

    /// <summary>Who attacks.</summary>
    public Attacker Attacker => Platform.Attacker;

    /// <summary>The name of the attacker's object.</summary>
    public string Name { get; }

    private ObjectKey Key => new(Attacker.Team, Name);

    /// <summary>Carries out a try; fails if it reaches anything.</summary>
    /// <param name="platform">The world.</param>
    /// <param name="attempt">The try.</param>
    /// <param name="name">A name that no other try has.</param>
    public static async Task RunAsync(TenantsPlatform platform, Try attempt, string name)
    {
        var attack = new Attack(platform, attempt, name);
        attack._cluster = await platform.Reader.ReadClusterAsync(attack._own.IsObject);
        await attack.TryAsync();
        await attack.ExpectUntouchedAsync();
        if (attempt.Target is { } target)
        {
            await platform.Victim.ExpectReadyAsync(target);
        }
    }

    /// <summary>Does something on GitHub as the attacker; what that changes is not the operator's doing.</summary>
    public async Task OnGitHubAsync(Func<Attacker, Task> act)
    {
        ExpectGitHubUntouched();
        await act(Attacker);
        _gitHub = Platform.Reader.ReadGitHub(_own.IsRepository);
    }

    /// <summary>The attacker's object as it is.</summary>
    public Task<JsonObject> GetAsync() => Platform.GetAsync(_try.Kind, Attacker.Team, Name);

    /// <summary>Waits until the attacker's object is as expected.</summary>
    public Task<JsonObject> UntilAsync(string what, Func<JsonObject, bool> isExpected) =>
        Platform.Watching.UntilAsync(_try.Kind, Attacker.Team, Name, what, isExpected);

    /// <summary>Applies the manifest, with another spec if one is given.</summary>
    public Task<JsonObject> ApplyAsync(string? other = null)
    {
        var spec = Read(other ?? _try.Spec);
        var manifest = new JsonObject
        {
            ["apiVersion"] = _try.Kind.ApiVersion,
            ["kind"] = _try.Kind.Kind,
            ["metadata"] = new JsonObject
            {
                ["name"] = Name,
                ["namespace"] = Attacker.Team,
                ["annotations"] = new JsonObject { [Annotations.ConfirmDelete] = spec.TextAt("repository", "name") ?? Name },
            },
            ["spec"] = spec,
        };
        _try.Manifest(this, manifest);
        return Attacker.ApplyAsync(_try.Kind, manifest);
    }

    /// <summary>Has the object reconciled once more: what has not happened after that does not happen.</summary>
    public async Task ReconcileAsync()
    {
        var token = await Attacker.AskForReconcileAsync(_try.Kind, Name);
        await UntilAsync("reconciled once more", item => item.TextAt("status", "lastHandledReconcileAt") == token);
    }

    /// <summary>Deletes the object and waits until it is gone.</summary>
    public async Task DeleteAsync()
    {
        await Attacker.Client.DeleteAsync(_try.Kind, Key, new DeleteOptions(), CancellationToken.None);
        await Platform.Watching.UntilGoneAsync(_try.Kind, Key.Namespace, Key.Name);
    }

    private async Task TryAsync()
    {
        if (_try.Before is { } before)
        {
            await before(this);
        }

        switch (_try.Outcome)
        {
            case Outcome.Forbidden:
                await FluentActions.Awaiting(DoAsync).Should().ThrowAsync<ForbiddenException>();
                break;
            case Outcome.Refused refused:
                await ExpectRefusedAsync(refused);
                break;
            case Outcome.Harmless harmless:
                await DoAsync();
                await harmless.See(this);
                break;
            default:
                throw new InvalidOperationException($"Nothing is said of {_try.Outcome}.");
        }

        await DeleteAsync();
    }

    private Task DoAsync() => _try.Deed is { } deed ? deed(this) : ApplyAsync();

    private async Task ExpectRefusedAsync(Outcome.Refused refused)
    {
        try
        {
            await DoAsync();
        }
        catch (KubeException refusal) when (refusal is InvalidException or BadRequestException)
        {
            WithoutPlaces(refusal.Message).Should().Contain(WithoutPlaces(refused.Field), "the server has to name the field");
            return;
        }

        await ExpectStalledAsync(refused);
        await ReconcileAsync();
        await ExpectStalledAsync(refused);
        if (_try.After is { } after)
        {
            await after(this);
            await ReconcileAsync();
            await ExpectStalledAsync(refused);
        }
    }

    private async Task ExpectStalledAsync(Outcome.Refused refused)
    {
        var item = await UntilAsync(
            $"refused by {refused.Reason}", item => item.Condition(refused.Condition).TextAt("reason") == refused.Reason);
        item.Condition(Conditions.Ready).TextAt("status").Should().Be("False");
        item.Condition(refused.Condition).TextAt("message").Should().ContainAll([refused.Field, .. refused.Words]);
    }

    private async Task ExpectUntouchedAsync()
    {
        var cluster = await Platform.Reader.ReadClusterAsync(_own.IsObject);
        using var all = new AssertionScope();
        Lines(WorldReader.Difference(_cluster, cluster)).Should().BeEmpty("nothing of others is the attacker's to change");
        ExpectGitHubUntouched();
        Lines(_writes.ToApiServer(_own.IsPath)).Should().BeEmpty("the operator wrote nothing but the attacker's own status");
        var toGitHub = _try.Outcome is Outcome.Refused { AsksGitHub: false } ? _writes.AskedOfGitHub() : _writes.ToGitHub();
        Lines(toGitHub.Where(line => !_own.IsLine(line, Platform.Reader.NameOf))).Should().BeEmpty("nothing was to be asked or changed there");
    }

    // Of a list that should be empty a failure tells the first item alone.
    private static string Lines(IEnumerable<string> found) => string.Join('\n', found);

    private void ExpectGitHubUntouched() => Lines(WorldReader.Difference(_gitHub, Platform.Reader.ReadGitHub(_own.IsRepository)))
        .Should().BeEmpty("no repository is the attacker's to change by way of the operator");

    private JsonObject Read(string spec)
    {
        var (own, shop) = (AddressOf(Attacker.Base), AddressOf("shop"));
        var text = spec.Replace("OWN_URL", own, StringComparison.Ordinal)
            .Replace("SHOP_URL_IN_CAPITALS", shop.Replace("acme/shop", "ACME/SHOP", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("SHOP_URL_WITHOUT_GIT", shop[..^".git".Length], StringComparison.Ordinal)
            .Replace("SHOP_URL", shop, StringComparison.Ordinal);
        return YamlText.ReadObjects(text).SingleOrDefault() ?? [];
    }

    private string AddressOf(string repository) => Platform.Sandbox.GitHub.CloneUrl("acme", repository).ToString();

    // Old servers name a list and not the place in it.
    private static string WithoutPlaces(string text) => Place().Replace(text, "");

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Place();
}
