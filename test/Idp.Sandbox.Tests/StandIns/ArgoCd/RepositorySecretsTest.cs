using System.Text;
using Idp.Sandbox.StandIns;
using Idp.Sandbox.StandIns.ArgoCd;

namespace Idp.Sandbox.Tests.StandIns.ArgoCd;

public sealed class RepositorySecretsTest
{
    [Theory]
    [InlineData("repo-creds", "https://github.com/acme/", true)]
    [InlineData("repo-creds", "https://github.com/Acme/", true)]
    [InlineData("repo-creds", "https://github.com/acme-rival/", false)]
    [InlineData("repository", "https://github.com/acme/shop.git", true)]
    [InlineData("repository", "https://github.com/acme/shop", true)]
    [InlineData("repository", "https://github.com/acme/", false)]
    [InlineData("cluster", "https://github.com/acme/", false)]
    public void IsForARepositoryByItsAddress(string type, string url, bool isFor) =>
        Secrets(type, url).AreFor("https://github.com/acme/shop.git").Should().Be(isFor);

    [Fact]
    public void WithoutAnyNothingIsFor() => new RepositorySecrets(() => []).AreFor("https://github.com/acme/shop.git").Should().BeFalse();

    private static RepositorySecrets Secrets(string type, string url)
    {
        var secret = Given.Object(ForeignKinds.Secret, $$"""
            metadata: {name: credentials, namespace: argocd, labels: {argocd.argoproj.io/secret-type: {{type}}} }
            data: {url: {{Base64(url)}}, username: {{Base64("bot")}}, password: {{Base64("secret")}}}
            """);
        return new RepositorySecrets(() => [secret]);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
