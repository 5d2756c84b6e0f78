using Idp.Entities;
using Idp.Kubernetes.Model;

namespace Idp.EndToEnd.Tests.Installation;

/// <summary>Taking the operator away, in ways that leave nothing waiting for it.</summary>
[Collection(InstalledWorld.Name)]
public sealed class UninstallTest(InstalledPlatform platform)
{
    private static readonly string[] Uninstall = ["hack/uninstall.sh"];

    [Fact]
    public async Task WhileThereAreApplicationsItNamesThemAndChangesNothing_AndWithoutAnyNothingIsLeft()
    {
        await platform.InstallAsync();
        var app = await platform.NewAppAsync("in-the-way");
        await app.MakeAsync(Specs.Small);
        var before = await platform.VersionsAsync();

        var refused = await platform.TryAsync(Uninstall);

        refused.ExitCode.Should().Be(1);
        refused.Error.Should().Contain($"BackendApp {app.Team}/{app.Name}").And.Contain("KEEP=1").And.Contain("RELEASE=all");
        (await platform.VersionsAsync()).Should().Equal(before);
        await app.DeleteAsync();

        await platform.RunAsync("make", "uninstall");

        await ExpectNothingLeftAsync();
        (await platform.TryAsync(["make", "uninstall"])).ExitCode.Should().Be(0, "it can be repeated");
    }

    [Fact]
    public async Task Kept_ApplicationsStayToTheLastVersion_AndAnInstallationTakesThemUp()
    {
        await platform.InstallAsync();
        var app = await platform.NewAppAsync("kept");
        await app.MakeAsync(Specs.Everything(app.Team));
        var (made, manifest) = (await Belongings.OfAsync(app), await app.GetAsync());

        await platform.RunAsync("make", "uninstall", "KEEP=1");

        platform.Runs.Should().BeFalse();
        (await platform.FindAsync(ForeignKinds.Deployment, "idp-system", "idp-operator")).Should().BeNull();
        (await platform.FindAsync(Kinds.ClusterRole, "", "idp-operator")).Should().BeNull();
        (await platform.FindAsync(ForeignKinds.Secret, "idp-system", "idp-github-token")).Should().NotBeNull();
        (await app.GetAsync()).TextAt("metadata", "resourceVersion").Should().Be(manifest.TextAt("metadata", "resourceVersion"));
        (await Belongings.OfAsync(app)).Should().Equal(made);

        await platform.InstallAsync();

        await app.ReconcileAsync();
        (await app.GetAsync()).Is(Conditions.Ready).Should().BeTrue();
        (await Belongings.OfAsync(app)).Should().Equal(made);
        await app.DeleteAsync();
    }

    [Fact]
    public async Task Released_EverythingOfAnApplicationStays_WhereverTheRunIsInterrupted_AndItCanComeBack()
    {
        await platform.InstallAsync();
        var app = await platform.NewAppAsync("released");
        await app.MakeAsync(Specs.Everything(app.Team));
        var (made, repository) = (await Belongings.OfAsync(app), await platform.GitHub.FindAsync(app.Name));

        // After the Deployment, amidst the rights, before the first object, between the two, before the kinds go and after.
        await InterruptedAsync(2, 4, 5, 6, 6, 6);
        await platform.RunAsync("make", "uninstall", "RELEASE=all");

        await ExpectNothingLeftAsync();
        (await Belongings.OfAsync(app)).Should().Equal(made);
        (await platform.GitHub.FindAsync(app.Name))!["id"]!.ToJsonString().Should().Be(repository!["id"]!.ToJsonString());

        await platform.InstallAsync();
        await ApplySavedAsync("idp-ownership-*.yaml");
        await ApplySavedAsync("idp-released-*.yaml");
        await app.UntilReadyAsync();
        (await Belongings.OfAsync(app)).Should().Equal(made);
        await app.DeleteAsync();
    }

    [Fact]
    public async Task KindsThatWereDeletedWithoutTheOperator_AreGoneOnceItIsBack()
    {
        await platform.InstallAsync();
        var app = await platform.NewAppAsync("stranded");
        await app.MakeAsync(Specs.Small);
        await platform.RunAsync("make", "uninstall", "KEEP=1");
        await platform.KubectlAsync("delete", "-k", Path.Combine(platform.Clone, "config", "default"), "--ignore-not-found", "--wait=false");
        (await app.GetAsync()).TextAt("metadata", "deletionTimestamp").Should().NotBeNull();

        await platform.InstallAsync();

        await platform.Watching.UntilAsync(
            "the kinds to be gone",
            async () => await platform.FindAsync(WellKnownKinds.CustomResourceDefinition, "", "backendapps.idp.dev") is null,
            TimeSpan.FromMilliseconds(200));
        (await platform.FindAsync(WellKnownKinds.Namespace, "", app.In("staging"))).Should().BeNull("it was deleted as its manifest says");
        await platform.InstallAsync();
        (await platform.ListAsync(Kinds.BackendApp)).Should().BeEmpty();
    }

    [Fact]
    public async Task AnUnknownOptionIsRefused_AndHelpSaysWhatThereIs()
    {
        (await platform.TryAsync([.. Uninstall, "--force"])).ExitCode.Should().Be(2);
        (await platform.TryAsync([.. Uninstall, "--keep", "--release-all"])).ExitCode.Should().Be(2);
        (await platform.TryAsync(Uninstall, ("KUBECONFIG", Path.Combine(platform.Clone, "none")))).ExitCode.Should().Be(2);

        var help = await platform.RunAsync([.. Uninstall, "--help"]);

        help.Output.Should().Contain("--keep").And.Contain("--release-all").And.Contain("Exit code");
    }

    /// <summary>Runs the release again and again; each time it dies before the change of that number.</summary>
    private async Task ApplySavedAsync(string files) => await platform.KubectlAsync(
        "apply", "--validate=false", "-f", Directory.EnumerateFiles(platform.Clone, files).Order(StringComparer.Ordinal).First());

    private async Task InterruptedAsync(params int[] changes)
    {
        var folder = Directory.CreateDirectory(Path.Combine(platform.Clone, "interrupted")).FullName;
        var program = Path.Combine(folder, "kubectl");
        await File.WriteAllTextAsync(program, $$"""
            #!/usr/bin/env bash
            case $1 in
                delete | patch)
                    echo >>"$CHANGES"
                    (($(wc -l <"$CHANGES") < CHANGE)) || exit 130
                    ;;
            esac
            exec "{{platform.Sandbox.Kubectl.Path}}" "$@"
            """);
        await platform.RunAsync("chmod", "+x", program);
        foreach (var (run, change) in changes.Index())
        {
            var path = $"{folder}:{Environment.GetEnvironmentVariable("PATH")}";
            var result = await platform.TryAsync(
                [.. Uninstall, "--release-all"], ("PATH", path), ("CHANGE", $"{change}"), ("CHANGES", Path.Combine(folder, $"changes-{run}")));
            result.ExitCode.Should().NotBe(0, $"the run was to end before change {change}: {result.Output}{result.Error}");
        }
    }

    private async Task ExpectNothingLeftAsync()
    {
        platform.Runs.Should().BeFalse();
        (await platform.FindAsync(WellKnownKinds.Namespace, "", "idp-system")).Should().BeNull();
        foreach (var kind in new[] { WellKnownKinds.CustomResourceDefinition, Kinds.ClusterRole, ClusterRoleBinding })
        {
            var names = (await platform.ListAsync(kind)).Select(item => item.TextAt("metadata", "name") ?? "");
            names.Where(name => name.StartsWith("idp-", StringComparison.Ordinal) || name.EndsWith(".idp.dev", StringComparison.Ordinal)).Should().BeEmpty();
        }
    }

    private static ResourceKind ClusterRoleBinding => new("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings", Namespaced: false);
}
