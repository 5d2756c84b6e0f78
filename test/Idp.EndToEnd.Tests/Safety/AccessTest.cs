using System.Text.RegularExpressions;

namespace Idp.EndToEnd.Tests.Safety;

/// <summary>The operator has the rights that it needs and no others.</summary>
[Collection(SharedWorld.OfSafety)]
public sealed partial class AccessTest(Platform platform)
{
    private const string Account = "--as=system:serviceaccount:idp-system:idp-operator";

    [Theory]
    [InlineData("get", "secrets")]
    [InlineData("list", "secrets")]
    [InlineData("create", "secrets")]
    [InlineData("create", "deployments.apps")]
    [InlineData("patch", "deployments.apps")]
    [InlineData("delete", "deployments.apps")]
    [InlineData("create", "pods")]
    [InlineData("create", "pods/exec")]
    [InlineData("create", "clusterroles.rbac.authorization.k8s.io")]
    [InlineData("escalate", "clusterroles.rbac.authorization.k8s.io")]
    [InlineData("create", "clusterrolebindings.rbac.authorization.k8s.io")]
    [InlineData("bind", "clusterroles.rbac.authorization.k8s.io/cluster-admin")]
    [InlineData("impersonate", "users")]
    [InlineData("delete", "backendapps.idp.dev")]
    [InlineData("create", "serviceaccounts/token")]
    [InlineData("*", "*")]
    public async Task TheOperatorMayNot(string verb, string resource)
    {
        var answer = await platform.TryKubectlAsync("auth", "can-i", verb, resource, Account, "--all-namespaces");

        answer.Output.Trim().Should().Be("no", answer.Error);
    }

    [Theory]
    [InlineData("patch", "namespaces")]
    [InlineData("patch", "backendapps.idp.dev", "--subresource=status")]
    [InlineData("create", "applications.argoproj.io")]
    [InlineData("bind", "clusterroles.rbac.authorization.k8s.io/edit")]
    public async Task TheOperatorMay(string verb, string resource, params string[] more)
    {
        var answer = await platform.TryKubectlAsync(["auth", "can-i", verb, resource, Account, "--all-namespaces", .. more]);

        answer.Output.Trim().Should().Be("yes", answer.Error);
    }

    /// <remarks>
    /// Everybody else in the world is an administrator: what the server forbids them are only writes into namespaces
    /// that are being deleted, and those of environments are left out for that.
    /// </remarks>
    [Fact]
    public async Task NoRequestOfTheOperatorWasEverForbidden()
    {
        var app = await platform.NewAppAsync("allowed");
        await app.MakeAsync(Specs.WithDatabase);
        await app.DeleteAsync();

        var metrics = await platform.Sandbox.Kubectl.RawAsync("/metrics", CancellationToken.None);
        var log = await File.ReadAllTextAsync(platform.Operator.LogPath);

        metrics.Should().Contain("apiserver_request_total{code=\"200\"");
        ForbiddenRead().Matches(metrics!).Select(match => match.Value).Should().BeEmpty();
        ForbiddenWrite().Matches(metrics!).Select(match => match.Value).Should().BeEmpty();
        log.Should().NotContain("forbidden: User", "that is how the server words a right that is missing");
    }

    [GeneratedRegex("""^apiserver_request_total\{code="403"[^}]*resource="[^"]+"[^}]*verb="(GET|LIST|WATCH)".*$""", RegexOptions.Multiline)]
    private static partial Regex ForbiddenRead();

    [GeneratedRegex("""^apiserver_request_total\{code="403"[^}]*resource="(namespaces|backendapps|applicationenvironments|applications|leases|events)".*$""", RegexOptions.Multiline)]
    private static partial Regex ForbiddenWrite();
}
