using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Tests.Model;

public sealed class RedactionTest
{
    [Theory]
    [InlineData("https://me:pw@host/x failed", "https://***@host/x failed")]
    [InlineData("postgres://app:a%2Fb@db:5432/app", "postgres://***@db:5432/app")]
    [InlineData("token ghs_12345_eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln-x_y refused", "token *** refused")]
    [InlineData("token ghp_abcdefghijklmnopqrstuvwxyz0123456789 refused", "token *** refused")]
    [InlineData("github_pat_11ABCDEFG0abcdefghijkl_x refused", "*** refused")]
    [InlineData("Authorization: Bearer abc.def-ghi refused", "Authorization: Bearer *** refused")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrdWJl.c2lnbmF0dXJl was expired", "*** was expired")]
    [InlineData("password=hunter2&x=1", "password=***&x=1")]
    [InlineData("""{"clientSecret": "abc123", "a": 1}""", """{"clientSecret": "***", "a": 1}""")]
    [InlineData("key AKIAIOSFODNN7EXAMPLE denied", "key *** denied")]
    public void Credentials_AreTakenOut(string text, string expected) => Redaction.Clean(text).Should().Be(expected);

    [Fact]
    public void PrivateKey_IsTakenOutEvenWhenItIsCut() =>
        Redaction.Clean("bad -----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc").Should().Be("bad ***");

    [Theory]
    [InlineData("the Secret shop/shop-secrets is missing key password")]
    [InlineData("secrets \"shop-db-app\" not found")]
    [InlineData("https://github.com/acme/shop was not found")]
    [InlineData("the ExternalSecret is not ready: SecretSyncedError")]
    [InlineData("2026-01-01T00:00:00Z a@b.test")]
    public void OrdinaryWords_Stay(string text) => Redaction.Clean(text).Should().Be(text);

    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("exactly 10", 10, "exactly 10")]
    [InlineData("exactly 11!", 10, "exactly…")]
    [InlineData("ééééé", 8, "éé…")]
    [InlineData("😀😀😀", 8, "😀…")]
    public void Trim_CutsBetweenCharacters(string text, int bytes, string expected) => Redaction.Trim(text, bytes).Should().Be(expected);
}
