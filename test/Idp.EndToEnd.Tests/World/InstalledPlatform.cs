using System.Globalization;
using Idp.Sandbox.Processes;
using Idp.Sandbox.World;
using Idp.Sandbox.Yaml;

namespace Idp.EndToEnd.Tests.World;

/// <summary>
/// A cluster without the operator, and a clone of what is needed to install it as docs/install.md says: its commands are run there, and what
/// they install runs under the rights that they grant.
/// </summary>
public sealed class InstalledPlatform : Platform
{
    private const string Image = "registry.example.com/idp-operator";
    private Kubelet? _kubelet;
    private int _version;

    /// <summary>The clone.</summary>
    public string Clone => Path.Combine(Sandbox.Directory, "clone");

    /// <summary>Installs as the documentation says, or upgrades, and waits until that version runs.</summary>
    public async Task InstallAsync(string tag = "1.0.0")
    {
        await UntilNamespaceMayBeMadeAsync();
        await TryKubectlAsync("create", "namespace", "idp-system");
        await TryKubectlAsync("-n", "idp-system", "create", "secret", "generic", "idp-github-token", $"--from-file=token={Path.Combine(Sandbox.Directory, "github-token")}");
        await SetImageAsync(tag);
        await RunAsync("make", "install", $"KUBECTL_FLAGS={(_version < 25 ? "--validate=false" : "")}");
        await TryKubectlAsync("wait", "--for=condition=Established", "--timeout=60s", "crd", "backendapps.idp.dev", "applicationenvironments.idp.dev");
        // The garbage collector would get to know the kinds by itself, half a minute later.
        await Sandbox.ControlPlane.RefreshAsync(CancellationToken.None);
        await Watching.UntilAsync($"version {tag} to run", () => Task.FromResult(_kubelet?.RunningImage == $"{Image}:{tag}"), TimeSpan.FromMilliseconds(100));
    }

    /// <summary>Whether a process of the operator runs.</summary>
    public bool Runs => _kubelet?.RunningImage is not null;

    /// <summary>Each installed object with its version.</summary>
    public async Task<IReadOnlyList<string>> VersionsAsync()
    {
        var text = await KubectlAsync(
            "get", "-k", Path.Combine(Clone, "config", "default"), "-o", "jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.resourceVersion}{\"\\n\"}{end}");
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Runs a command in the clone; the test fails if it does.</summary>
    public async Task<CommandResult> RunAsync(params string[] command)
    {
        var result = await TryAsync(command);
        result.Succeeded.Should().BeTrue($"{string.Join(' ', command)} said: {result.Output}\n{result.Error}\n{OperatorLog()}");
        return result;
    }

    /// <summary>Runs a command in the clone, with more variables in its environment.</summary>
    public async Task<CommandResult> TryAsync(IReadOnlyList<string> command, params IReadOnlyList<(string Name, string Value)> variables)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var environment = new Dictionary<string, string>
        {
            ["KUBECONFIG"] = Sandbox.ControlPlane.KubeconfigPath,
            // What kubectl remembers of this server is to end with it; what our scripts have built is to be found.
            ["HOME"] = Sandbox.Directory,
            ["XDG_CACHE_HOME"] = Path.GetDirectoryName(SandboxPaths.Cache())!,
            ["MAKEFLAGS"] = "",
        };
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        var program = command[0].Contains('/', StringComparison.Ordinal) ? Path.Combine(Clone, command[0]) : command[0];
        return await new Command(program, [.. command.Skip(1)]) { Directory = Clone, Environment = environment }.RunAsync(patience.Token);
    }

    public override async Task DisposeAsync()
    {
        if (_kubelet is not null)
        {
            await _kubelet.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override SandboxOptions Arrange(SandboxOptions options) => options with { OwnKinds = false };

    /// <inheritdoc/>
    protected override async Task BeginAsync()
    {
        var version = JsonNode.Parse(await KubectlAsync("get", "--raw", "/version"))!;
        _version = int.Parse(((string)version["minor"]!).TrimEnd('+'), CultureInfo.InvariantCulture);
        foreach (var file in new[] { "config", "hack" }.SelectMany(folder => Directory.EnumerateFiles(SandboxPaths.Below(folder), "*", SearchOption.AllDirectories)).Append(SandboxPaths.Below("Makefile")))
        {
            var copy = Path.Combine(Clone, Path.GetRelativePath(SandboxPaths.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var settings = YamlText.ReadObjects(await File.ReadAllTextAsync(Sandbox.PlatformPath))[0];
        settings["github"]!["tokenFile"] = "/var/run/secrets/idp.dev/github/token";
        await File.WriteAllTextAsync(Path.Combine(Clone, "config", "operator", "platform.yaml"), settings.ToJsonString());
        if (_version < 21)
        {
            // policy/v1 came with Kubernetes 1.21; the operator is made for 1.30 and later.
            await ReplaceAsync("config/operator/kustomization.yaml", "  - pod-disruption-budget.yaml\n", "");
        }

        _kubelet = Kubelet.Start(this, Adopt);
    }

    private Task SetImageAsync(string tag) => EditAsync("config/default/kustomization.yaml", text =>
        System.Text.RegularExpressions.Regex.Replace(text, @"newName: .*\n( *)newTag: .*", $"newName: {Image}\n$1newTag: {tag}"));

    private Task ReplaceAsync(string file, string old, string @new) => EditAsync(file, text =>
    {
        text.Should().Contain(old);
        return text.Replace(old, @new, StringComparison.Ordinal);
    });

    private async Task EditAsync(string file, Func<string, string> edit)
    {
        var path = Path.Combine(Clone, file);
        await File.WriteAllTextAsync(path, edit(await File.ReadAllTextAsync(path)));
    }

    private Task UntilNamespaceMayBeMadeAsync() => Watching.UntilAsync(
        "no namespace that is going",
        async () => (await FindAsync(Kubernetes.Model.WellKnownKinds.Namespace, "", "idp-system"))?.TextAt("metadata", "deletionTimestamp") is null,
        TimeSpan.FromMilliseconds(100));
}
