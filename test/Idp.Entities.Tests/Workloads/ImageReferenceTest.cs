namespace Idp.Entities.Tests.Workloads;

public sealed class ImageReferenceTest
{
    [Theory]
    [InlineData("ghcr.io/acme/payment-service", "ghcr.io/acme/payment-service", false)]
    [InlineData("ghcr.io/acme/payment-service:1.2", "ghcr.io/acme/payment-service", true)]
    [InlineData("localhost:5000/payment-service", "localhost:5000/payment-service", false)]
    [InlineData("localhost:5000/payment-service:1.2", "localhost:5000/payment-service", true)]
    [InlineData("ghcr.io/acme/app@sha256:0123", "ghcr.io/acme/app", true)]
    [InlineData("ghcr.io/acme/app:1.2@sha256:0123", "ghcr.io/acme/app", true)]
    [InlineData("nginx", "nginx", false)]
    public void ATagOrADigestPins_ARegistrysPortDoesNot(string image, string bare, bool pinned)
    {
        ImageReference.IsPinned(image).Should().Be(pinned);
        ImageReference.WithoutVersion(image).Should().Be(bare);
    }
}
