using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Tests.Model;

public sealed class QuantityTest
{
    [Theory]
    [InlineData("0.5", "500m")]
    [InlineData("100m", "100m")]
    [InlineData("1000m", "1")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("1024Mi", "1Gi")]
    [InlineData("1000Ki", "1000Ki")]
    [InlineData("0.1Gi", "107374182400m")]
    [InlineData("0.5Ki", "512")]
    [InlineData("2000", "2k")]
    [InlineData("2500", "2500")]
    [InlineData("1e3", "1e3")]
    [InlineData("12E2", "1200")]
    [InlineData("0", "0")]
    [InlineData("0Gi", "0")]
    [InlineData("-1.5", "-1500m")]
    [InlineData("+1", "+1")]
    [InlineData("1.500", "1.500")]
    [InlineData("1E3", "1E3")]
    [InlineData(".5", "500m")]
    [InlineData("1.0000000001", "1000000001n")]
    [InlineData("2E", "2E")]
    public void PrintsAsTheApiServerDoes(string text, string expected) =>
        Quantity.Canonical(text).Should().Be(expected);

    [Theory]
    [InlineData("")]
    [InlineData("1x")]
    [InlineData("Gi")]
    [InlineData("1.2.3")]
    [InlineData("1 Gi")]
    [InlineData("--1")]
    [InlineData("1e99999999")]
    [InlineData(null)]
    public void RefusesWhatIsNoQuantity(string? text) =>
        FluentActions.Invoking(() => Quantity.Canonical(text!)).Should().Throw<FormatException>();
}
