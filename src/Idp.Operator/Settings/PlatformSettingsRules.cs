using Idp.Entities;
using Idp.Operator.Yaml;

namespace Idp.Operator.Settings;

/// <summary>What must be true of settings beyond their types.</summary>
internal sealed class PlatformSettingsRules(YamlDocument document, PlatformSettings settings) : SettingsChecks(document)
{
    private static readonly string[] PlaceNames = ["application", "environment", "namespace", "team"];

    public IReadOnlyList<FileError> Check()
    {
        GitHub();
        new GitHubRepositoryRules(this, settings.GitHub.Repository).Check();
        new GoldenPathSettingsRules(this, settings).Check();
        Addresses();
        Network();
        Secrets();
        Credentials();
        Environments();
        Stage("stages.Development", settings.Stages.Development);
        Stage("stages.Staging", settings.Stages.Staging);
        Stage("stages.Production", settings.Stages.Production);
        Teams();
        return Errors;
    }

    private void GitHub()
    {
        var github = settings.GitHub;
        if (github.Owner.Length == 0)
        {
            Add("github.owner", "is required: the organisation that owns new repositories");
        }
        else
        {
            Fits("github.owner", github.Owner, Patterns.GitHubOwner, "a GitHub user or organisation");
        }

        IsWeb("github.apiUrl", github.ApiUrl);
        IsWeb("github.webUrl", github.WebUrl);
        Fits("github.apiVersion", github.ApiVersion, "[0-9]{4}-[0-9]{2}-[0-9]{2}", "a date such as 2022-11-28");
        Require("github.limits.contentPerMinute", github.Limits.ContentPerMinute is 0 or >= 10, "must be 0 (no limit) or at least 10");
        Require("github.limits.contentPerHour", github.Limits.ContentPerHour is 0 or >= 10, "must be 0 (no limit) or at least 10");
        Require("github.limits.pointsPerMinute", github.Limits.PointsPerMinute is 0 or >= 100, "must be 0 (no limit) or at least 100");
        Require("github.tokenFile", github.TokenFile.Length > 0, "must name a file");
        if (github.App is { } app)
        {
            App(app);
        }

        Require(
            "github.pollInterval",
            GoDuration.IsValid(github.PollInterval) && github.PollEvery() >= TimeSpan.FromMinutes(1) && github.PollEvery() <= TimeSpan.FromDays(1),
            "must be a Go duration between 1m and 24h, such as 10m or 1h");
        Require("github.webhook.secretFile", github.Webhook is null or { SecretFile.Length: > 0 }, "must name a file");
        Fits("registry", settings.Registry, Patterns.Image, "a registry and folder such as ghcr.io/acme", optional: true);
    }

    private void App(GitHubAppSettings app)
    {
        Fits("github.app.id", app.Id, "[A-Za-z0-9._-]+", "an App's id such as \"12345\", or its client id");
        Require("github.app.privateKeyFile", app.PrivateKeyFile.Length > 0, "must name the file of the App's private key");
        Require("github.app.installationId", app.InstallationId is null or > 0, "must be the number of an installation");
        Require(
            "github.tokenFile",
            Document.Root?["github"]?["tokenFile"] is null,
            "is not used beside github.app: take one of the two out");
    }

    private void Addresses()
    {
        var ingress = settings.Ingress;
        if (ingress.Domain.Length == 0)
        {
            Add("ingress.domain", "is required: the domain that hosts are made under");
        }
        else
        {
            Fits("ingress.domain", ingress.Domain, Patterns.HostName, "a domain such as apps.acme.dev");
        }

        Rule("ingress.host", ingress.Host, [.. PlaceNames, "domain"]);
        Require(
            "ingress.host",
            ingress.Host.Contains("{namespace}", StringComparison.Ordinal)
            || (ingress.Host.Contains("{application}", StringComparison.Ordinal)
                && ingress.Host.Contains("{environment}", StringComparison.Ordinal)),
            "must hold {namespace}, or {application} and {environment}: else environments would share a host");
        Fits("ingress.className", ingress.ClassName, Patterns.DnsLabel, "the name of an ingress class", optional: true);
        Fits("ingress.certificateIssuer", ingress.CertificateIssuer, Patterns.DnsLabel, "the name of an issuer", optional: true);
        Require("ingress.scheme", ingress.Scheme is "https" or "http", "must be https or http");
        Fits("argocd.namespace", settings.ArgoCd.Namespace, Patterns.DnsLabel, "a namespace");
        Rule("argocd.project", settings.ArgoCd.Project, ["team", "namespace"]);
        _ = Uri.TryCreate(settings.ArgoCd.DestinationServer, UriKind.Absolute, out var server);
        IsWeb("argocd.destinationServer", server);
    }

    private void Network()
    {
        foreach (var (index, name) in settings.Network.AllowedNamespaces.Index())
        {
            Fits($"network.allowedNamespaces[{index}]", name, Patterns.DnsLabel, "a namespace");
        }
    }

    private void Secrets()
    {
        var database = settings.Database;
        Fits("secrets.store.name", settings.Secrets.Store.Name, Patterns.DnsLabel, "the name of a secret store");
        Require(
            "secrets.refreshInterval",
            GoDuration.IsValid(settings.Secrets.RefreshInterval),
            "must be a Go duration such as 1h, 15m or 1h30m; days are not known there");
        Fits("database.version", database.Version, Patterns.PostgreSqlVersion, "a PostgreSQL major version in quotes");
        Fits("database.storage", database.Storage, Patterns.PositiveQuantity, "a quantity above 0 such as 10Gi");
        Fits("database.storageClass", database.StorageClass, Patterns.DnsLabel, "the name of a storage class", optional: true);
        Rule("database.external.remoteKey", database.External.RemoteKey, PlaceNames);
        Fits("database.external.property", database.External.Property, Patterns.RemoteProperty, "a property of a secret");
    }

    private void Credentials()
    {
        if (settings.ImagePullSecret is { } pull)
        {
            Require("imagePullSecret.remoteKey", pull.RemoteKey.Length > 0, "must name a key of the secret store");
            Rule("imagePullSecret.remoteKey", pull.RemoteKey, PlaceNames);
            Fits("imagePullSecret.property", pull.Property ?? "", Patterns.RemoteProperty, "a property of a secret", optional: true);
        }

        var owners = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (index, entry) in settings.ArgoCd.RepositoryCredentials.Index())
        {
            var path = YamlPath.Item("argocd.repositoryCredentials", index);
            Fits($"{path}.owner", entry.Owner, Patterns.GitHubOwner, "a GitHub user or organisation");
            Require($"{path}.owner", owners.Add(entry.Owner), $"'{entry.Owner}' occurs twice");
            Fits($"{path}.remoteKey", entry.RemoteKey, Patterns.RemoteKey, "a key of the secret store");
            Fits($"{path}.property", entry.Property ?? "", Patterns.RemoteProperty, "a property of a secret", optional: true);
            Fits($"{path}.app.id", entry.App?.Id ?? "", "[1-9][0-9]{0,18}", "an App's id such as \"12345\"", optional: entry.App is null);
            Require($"{path}.app.installationId", entry.App is null or { InstallationId: > 0 }, "must be the number of an installation");
        }
    }

    private void Environments()
    {
        Require("environments", settings.Environments.Count > 0, "must hold at least one environment");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, environment) in settings.Environments.Index())
        {
            var path = YamlPath.Key(YamlPath.Item("environments", index), "name");
            Fits(path, environment.Name, Patterns.DnsLabel, "a DNS label such as staging");
            Require(path, names.Add(environment.Name), $"the environment '{environment.Name}' occurs twice");
        }
    }

    private void Stage(string path, StageSettings stage)
    {
        Require($"{path}.replicas", stage.Replicas is >= 0 and <= 100, "must be from 0 to 100");
        Require($"{path}.maxReplicas", stage.MaxReplicas is >= 0 and <= 100, "must be from 0 to 100");
        Require($"{path}.databaseInstances", stage.DatabaseInstances is >= 1 and <= 9, "must be from 1 to 9");
        var guardrails = stage.Guardrails;
        foreach (var (name, amount) in guardrails.Quota)
        {
            var entry = YamlPath.Key($"{path}.guardrails.quota", name);
            Fits(entry, name, Patterns.QuotaKey, "the name of a resource such as requests.cpu");
            Fits(entry, amount, Patterns.Quantity, "a quantity such as 4 or 8Gi");
        }

        var (defaults, amounts) = ($"{path}.guardrails.containerDefaults", guardrails.ContainerDefaults);
        Fits($"{defaults}.cpu", amounts.Cpu, Patterns.Quantity, "a quantity such as 100m");
        Fits($"{defaults}.memory", amounts.Memory, Patterns.Quantity, "a quantity such as 256Mi");
        foreach (var (index, access) in guardrails.Access.Index())
        {
            var group = $"{path}.guardrails.access[{index}].group";
            Rule(group, access.Group, ["team"]);
            Fits(group, access.Group.Replace("{team}", "team", StringComparison.Ordinal), Patterns.UserGroup, "the name of a group");
        }
    }

    private void Teams()
    {
        foreach (var (index, team) in settings.Teams.Index())
        {
            var path = YamlPath.Item("teams", index);
            Fits($"{path}.namespace", team.Namespace, "[a-z0-9*]([-a-z0-9*]*[a-z0-9*])?", "a namespace or a pattern such as team-*");
            Globs($"{path}.githubOwners", team.GithubOwners, "[A-Za-z0-9*-]+");
            Globs($"{path}.adopt", team.Adopt, "[A-Za-z0-9_.*-]+(/[A-Za-z0-9_.*-]+)?");
            Globs($"{path}.secretKeys", team.SecretKeys, "[A-Za-z0-9_./:@+=,~*-]+");
            Globs($"{path}.hosts", team.Hosts, "[a-z0-9.*-]+");
            Globs($"{path}.namespaces", team.Namespaces, "[a-z0-9*-]+");
            Globs($"{path}.actsAs", team.ActsAs, "[A-Za-z0-9_.*-]+");
            Globs($"{path}.sources", team.Sources, "https?://[A-Za-z0-9.:*-]+/[A-Za-z0-9._~/*-]+");
            Rule($"{path}.argocdProject", team.ArgoCdProject ?? "", ["team", "namespace"]);
        }
    }

    private void Globs(string path, IReadOnlyList<string>? globs, string pattern)
    {
        foreach (var (index, glob) in (globs ?? []).Index())
        {
            Rule(YamlPath.Item(path, index), glob, ["namespace"]);
            Fits(
                YamlPath.Item(path, index),
                glob.Replace("{namespace}", "x", StringComparison.Ordinal),
                pattern,
                "a pattern of which * is the only wildcard");
        }
    }
}
