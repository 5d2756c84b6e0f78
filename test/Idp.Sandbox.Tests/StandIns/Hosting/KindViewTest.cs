using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.StandIns;
using Idp.Sandbox.StandIns.Hosting;

namespace Idp.Sandbox.Tests.StandIns.Hosting;

public sealed class KindViewTest
{
    private readonly KindView _view = new();

    [Fact]
    public void AnOldVersionIsNoNews()
    {
        _view.Set(Version(5)).Should().BeTrue();

        _view.Set(Version(5)).Should().BeFalse();
        _view.Take(new WatchEvent(WatchEventType.Modified, Version(4))).Should().BeFalse();
        _view.Find(new ObjectKey("shop", "shop"))!.Metadata.ResourceVersion.Should().Be("5");
    }

    [Fact]
    public void AnOwnWriteDoesNotBringBackWhatIsDeleted()
    {
        _view.Set(Version(5));
        _view.Take(new WatchEvent(WatchEventType.Deleted, Version(7)));

        _view.Set(Version(6)).Should().BeFalse();

        _view.Find(new ObjectKey("shop", "shop")).Should().BeNull();
    }

    [Fact]
    public void ANewListSaysWhatVanishedAndWhatIsNew()
    {
        _view.Set(Version(5));

        _view.ReplaceAll([]).Should().ContainSingle();
        _view.ReplaceAll([Version(9)]).Should().ContainSingle();
    }

    private static KubeObject Version(int version) =>
        Given.Object(ForeignKinds.Service, $"metadata: {{name: shop, resourceVersion: '{version}'}}");
}
