using System.Text;
using Idp.Entities;
using Idp.Operator.BackendApps;
using Idp.Operator.GoldenPaths;
using Idp.Operator.Tests.BackendApps;

namespace Idp.Operator.Tests.GoldenPaths;

public sealed class GoldenPathVersionsTest : IDisposable
{
    private readonly TemplateFolder _folder = new();

    [Fact]
    public void TheFolderItself_AndEachFolderThatIsCalledByAVersion_IsOneVersion()
    {
        _folder.Offer("web", "2.0.0", text: "two");
        _folder.Offer("web/1.2.0", "1.2.0", text: "one two");
        _folder.Offer("web/1.10.0", "1.10.0", text: "one ten");
        _folder.Offer("web/3.0.0-rc.1", "3.0.0-rc.1", text: "three");
        _folder.Offer("old/0.9.0", "0.9.0");

        var catalog = _folder.Read();

        catalog.Errors.Should().BeEmpty();
        catalog.Names.Should().Equal("old", "web");
        catalog.VersionsOf("web").Should().Equal("3.0.0-rc.1", "2.0.0", "1.10.0", "1.2.0");
        Text("").Should().Be("two", "a prerelease is taken by name only");
        Text("1.x").Should().Be("one ten");
        Text("~1.2.0").Should().Be("one two");
        Text("3.0.0-rc.1").Should().Be("three");
        catalog.Find("web", VersionRange.Of("^4.0")).Should().BeNull();
        catalog.Find("old", VersionRange.Any)!.Version.Should().Be("0.9.0");

        string Text(string range) => Encoding.UTF8.GetString(catalog.Find("web", VersionRange.Of(range))!.Files[0].Content.Span);
    }

    [Fact]
    public void OneVersionThatIsBroken_HoldsUpNoneOfTheOthers_AndStaysAsItWas()
    {
        _folder.Offer("web", "2.0.0");
        _folder.Offer("web/1.0.0", "1.0.0", text: "good");
        var before = _folder.Read();
        _folder.Offer("web/1.0.0", "1.0.0", text: "{{ nothing }}");

        var now = _folder.Read();

        now.VersionsOf("web").Should().Equal("2.0.0");
        now.ErrorsOf("web").Should().ContainSingle().Which.File.Should().EndWith("web/1.0.0/skeleton/a.txt");
        now.Or(before).VersionsOf("web").Should().Equal("2.0.0", "1.0.0");
        now.Or(now.Or(before)).VersionsOf("web").Should().Equal(["2.0.0", "1.0.0"], "it is kept as long as it is broken");
        Directory.Delete(_folder.Full("web/1.0.0"), recursive: true);
        _folder.Read().Or(now.Or(before)).VersionsOf("web").Should().Equal(["2.0.0"], "what is gone is gone");
    }

    [Fact]
    public void TwoPlacesOfOneVersion_AreBothRefused_AndTheOthersStay()
    {
        _folder.Offer("web", "1.0.0");
        _folder.Offer("web/1.0.0", "1.0.0");
        _folder.Offer("web/1.1.0", "1.1.0");

        _folder.Read().VersionsOf("web").Should().Equal("1.1.0");
        _folder.Errors().Should().Equal("web/1.0.0: is version 1.0.0 of web, as is web");
    }

    [Fact]
    public void AFolderThatIsNotCalledByItsVersion_IsRefused()
    {
        _folder.Offer("web", "2.0.0");
        _folder.Offer("web/v1.0.0", "1.0.0");
        _folder.Offer("web/1.1.0", "1.1.1");
        _folder.Write("web/docs/readme.md");
        _folder.Offer("old/1.0.0", "1.0.0");
        _folder.Write("old/skeleton/a.txt");

        _folder.Read().VersionsOf("web").Should().Equal("2.0.0");
        _folder.Errors().Should().Equal(
            "old: cannot be read: there is no template.yaml in it",
            "web/1.1.0/template.yaml:2:10: version: must be that of the folder, '1.1.0'",
            "web/v1.0.0: has a template.yaml, so it is a version of web: it must be called by that, such as 1.2.0");
    }

    [Fact]
    public void WhatWasOfferedOnce_IsKnownToBeGone_UntilItComesBack()
    {
        _folder.Offer("web", "1.0.0");
        _folder.Offer("old", "1.0.0");
        var first = _folder.Read();
        Directory.Delete(_folder.Full("old"), recursive: true);
        var second = _folder.Read().Or(first);
        var third = _folder.Read().Or(second);
        _folder.Offer("old", "2.0.0");

        first.Gone.Should().BeEmpty();
        third.Gone.Should().Equal("old");
        third.Find("old", VersionRange.Any).Should().BeNull();
        _folder.Read().Or(third).Gone.Should().BeEmpty();
    }

    [Fact]
    public void ADeprecatedVersion_SaysSo_AndIsStillOffered()
    {
        _folder.Offer("web", "1.0.0", "deprecated: {message: Node 18 has no support any more., successor: node-express}\n");

        var path = _folder.Read().Find("web", VersionRange.Any)!;

        path.Deprecated.Should().Be(new Deprecation { Message = "Node 18 has no support any more.", Successor = "node-express" });
        var world = Apps.World() with { GoldenPaths = _folder.Read() };
        BackendAppPlan.For(Apps.Read("""{"template": {"name": "web"}}"""), world).Problem.Should().BeNull();
    }

    [Fact]
    public void ADeprecationThatSaysNothing_OrLeadsInACircle_IsAnError()
    {
        _folder.Offer("web", "1.0.0", "deprecated: {message: ' ', successor: web}\n");
        _folder.Offer("api", "1.0.0", "deprecated: {successor: Nice Name}\n");

        _folder.Errors().Should().Equal(
            "api/template.yaml:3:1: deprecated.message: is required",
            "web/template.yaml:3:23: deprecated.message: must be one line of text, of at most 1000 characters",
            "web/template.yaml:3:39: deprecated.successor: is the golden path itself");
    }

    [Fact]
    public void APin_DecidesWhatARepositoryIsMadeFrom()
    {
        _folder.Offer("web", "2.0.0");
        _folder.Offer("web/1.4.0", "1.4.0");
        var world = Apps.World() with { GoldenPaths = _folder.Read() };

        Laid("""{"name": "web"}""").Should().Be("2.0.0");
        Laid("""{"name": "web", "version": "1.x"}""").Should().Be("1.4.0");

        var refused = BackendAppPlan.For(Apps.Read("""{"template": {"name": "web", "version": "^3.0"}}"""), world);
        refused.Problem!.Reason.Should().Be(Reasons.TemplateMissing);
        refused.Problem.Message.Should().Be("spec.template.version: no version of the golden path 'web' fits '^3.0'; there are: 2.0.0, 1.4.0.");
        refused.Repository.Should().BeNull("nothing is made of it");

        string Laid(string template) => BackendAppPlan.For(Apps.Read($$"""{"template": {{template}}}"""), world).Repository!.Marker.Version;
    }

    [Fact]
    public void ARangeThatIsNone_IsRefusedWithItsField()
    {
        var plan = BackendAppPlan.For(Apps.Read("""{"template": {"version": "1.2"}}"""), Apps.World());

        plan.Problem!.Reason.Should().Be(Reasons.InvalidSpec);
        plan.Problem.Message.Should().Contain("spec.template.version").And.Contain("1.2.x");
    }

    [Fact]
    public void WhereThereArePrereleasesOnly_OneMustBeNamed()
    {
        _folder.Offer("web", "1.0.0-rc.1");
        var world = Apps.World() with { GoldenPaths = _folder.Read() };

        BackendAppPlan.For(Apps.Read("""{"template": {"name": "web"}}"""), world).Problem!.Message.Should().Be(
            "spec.template.version: the golden path 'web' has prereleases only, and those are taken by name; there are: 1.0.0-rc.1.");
        BackendAppPlan.For(Apps.Read("""{"template": {"name": "web", "version": "1.0.0-rc.1"}}"""), world).Problem.Should().BeNull();
    }

    [Fact]
    public void AFileThatIsLaidOnce_SaysSoWhenItIsRendered()
    {
        _folder.Offer("web", "1.0.0", "files:\n  - {path: src/**, once: true}\n");
        _folder.Write("web/skeleton/src/main.py", "print()");

        var files = GoldenPathRenderer.Render(_folder.Read().Find("web", VersionRange.Any)!, GoldenPathRendererTest.Input());

        files.Select(file => (file.Path, file.Once)).Should().Equal(("a.txt", false), ("src/main.py", true));
    }

    public void Dispose() => _folder.Dispose();
}
