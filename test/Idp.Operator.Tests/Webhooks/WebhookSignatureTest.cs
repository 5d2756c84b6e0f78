using System.Text;
using Idp.Operator.Webhooks;

namespace Idp.Operator.Tests.Webhooks;

public sealed class WebhookSignatureTest
{
    // GitHub's own example: https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
    private const string Secret = "It's a Secret to Everybody";
    private const string Body = "Hello, World!";
    private const string Right = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    [Fact]
    public void GitHubsOwnExampleIsRight() => IsValid(Right).Should().BeTrue();

    [Fact]
    public void HexadecimalDigitsMayBeOfEitherCase() => IsValid("sha256=" + Right[7..].ToUpperInvariant()).Should().BeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e16")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1700")]
    [InlineData("sha256=zz7107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    [InlineData("sha1=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    [InlineData("757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    public void AnythingElseIsNot(string? header) => IsValid(header).Should().BeFalse();

    [Theory]
    [InlineData(Secret + " ", Body)]
    [InlineData("", Body)]
    [InlineData(Secret, Body + " ")]
    [InlineData(Secret, "")]
    public void AnotherSecretOrBodyHasAnotherSignature(string secret, string body) => IsValid(Right, secret, body).Should().BeFalse();

    [Fact]
    public void NoSecretSignsNothing_EvenWithTheSignatureOfTheEmptyOne()
    {
        var signature = Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(Array.Empty<byte>(), Encoding.UTF8.GetBytes(Body)));

        IsValid($"sha256={signature}", secret: "").Should().BeFalse();
    }

    private static bool IsValid(string? header, string secret = Secret, string body = Body) =>
        WebhookSignature.IsValid(header, Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body));
}
