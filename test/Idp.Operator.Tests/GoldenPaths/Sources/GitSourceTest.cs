using System.Text;
using Idp.Entities;
using Idp.GitHub;
using Idp.Operator.BackendApps;
using Idp.Operator.GoldenPaths;
using Idp.Operator.GoldenPaths.Sources;
using Idp.Operator.Settings;
using Idp.Operator.Tests.BackendApps;

namespace Idp.Operator.Tests.GoldenPaths.Sources;

public sealed class GitSourceTest
{
    private const string Main = "refs/heads/main";

    [Fact]
    public async Task TheDefaultBranch_IsOneState_WithVersionsBesideOneAnother()
    {
        await using var server = await TemplateServer.StartAsync();
        server.Commit(Main, [.. Web("web", "2.0.0"), .. Web("web", "1.0.0", "web/1.0.0"), .. Web("api", "0.1.0"), ("README.md", "x")]);
        using var source = new SourceUnderTest(server);
        source.Offered.Should().BeEmpty();
        source.Catalog.Missing.Should().ContainSingle().Which.ToString().Should().Be($"{server.Url}@HEAD: nothing was fetched yet");

        await source.FetchAsync();

        source.Offered.Should().Equal("api 0.1.0", "web 2.0.0", "web 1.0.0");
        source.Catalog.Errors.Should().BeEmpty();
        source.Catalog.Missing.Should().BeEmpty();
        Encoding.UTF8.GetString(source.Catalog.Find("web", VersionRange.Of("1.x"))!.Files[0].Content.Span).Should().Be("web 1.0.0");
    }

    [Fact]
    public async Task TagsOfTheRange_BecomeVersions_AndANewOneComesByItself()
    {
        await using var server = await TemplateServer.StartAsync();
        Tag("refs/tags/v1.0.0", "1.0.0");
        server.Annotate("v1.1.0", Tag("refs/heads/x", "1.1.0"));
        Tag("refs/tags/v0.9.0", "0.9.0");
        Tag("refs/tags/v3.0.0", "3.0.0");
        Tag("refs/tags/v1.2.0-rc.1", "1.2.0-rc.1");
        Tag("refs/tags/nightly", "1.9.9");
        using var source = new SourceUnderTest(server, """semver: ">=1 <3", path: deep/template""");
        var told = 0;
        source.Paths.Changed += () => told++;

        await source.FetchAsync();

        source.Offered.Should().Equal("web 1.1.0", "web 1.0.0");
        told.Should().Be(1);
        await source.FetchIfDueAsync();
        Tag("refs/tags/v2.0.0", "2.0.0");
        await source.FetchIfDueAsync();
        source.Offered.Should().Equal(["web 1.1.0", "web 1.0.0"], "it is asked every five minutes only");

        await source.FetchAsync();

        source.Offered.Should().Equal("web 2.0.0", "web 1.1.0", "web 1.0.0");

        string Tag(string reference, string version) => server.Commit(reference, Web("web", version, "deep/template"));
    }

    [Fact]
    public async Task InARepositoryOfMany_ATagNamesItsGoldenPath_AndItsVersionMustBeThatOfTheTag()
    {
        await using var server = await TemplateServer.StartAsync();
        server.Commit("refs/tags/web/v1.0.0", [.. Web("web", "1.0.0"), .. Web("api", "9.9.9")]);
        server.Commit("refs/tags/api/v2.0.0", [.. Web("web", "1.0.0"), .. Web("api", "2.0.0")]);
        server.Commit("refs/tags/api/v2.1.0", Web("api", "2.0.0"));
        using var source = new SourceUnderTest(server, """semver: ">=1" """);

        await source.FetchAsync();

        source.Offered.Should().Equal("api 2.0.0", "web 1.0.0");
        source.Catalog.Errors.Select(error => error.ToString()).Should().Equal(
            $"{server.Url}@api/v2.1.0:api/template.yaml:2:10: version: must be that of the folder, '2.1.0'");
    }

    [Fact]
    public async Task ACommit_IsAStateThatStays()
    {
        await using var server = await TemplateServer.StartAsync();
        var commit = server.Commit(Main, Web("web", "1.0.0"));
        using var source = new SourceUnderTest(server, $"ref: {commit}");
        await source.FetchAsync();
        server.Commit(Main, Web("web", "2.0.0"));

        await source.FetchAsync();

        source.Offered.Should().Equal(["web 1.0.0"], string.Join('\n', source.Log.All));
    }

    [Fact]
    public async Task WhatWasFetchedLast_StaysWhileTheServerIsAway_AndOverARestart()
    {
        await using var server = await TemplateServer.StartAsync();
        server.Commit(Main, Web("web", "1.0.0"));
        using (var first = new SourceUnderTest(server))
        {
            await first.FetchAsync();
            await server.StopAsync();
            await first.FetchAsync();
            await first.FetchAsync();

            first.Offered.Should().Equal("web 1.0.0");
            first.Log.All.Where(line => line.StartsWith("Warning", StringComparison.Ordinal)).Should().ContainSingle("the same is said once")
                .Which.Should().Contain("could not be fetched and stay as they were");
        }

        using var second = new SourceUnderTest(server);

        second.Offered.Should().Equal("web 1.0.0");
        await second.FetchAsync();
        second.Offered.Should().Equal("web 1.0.0");
    }

    [Fact]
    public async Task WithNothingFetchedYet_AnApplicationSaysSo_AndTheOthersGoOn()
    {
        await using var server = await TemplateServer.StartAsync();
        using var source = new SourceUnderTest(server);
        await server.StopAsync();

        await source.FetchAsync();

        var world = Apps.World() with { GoldenPaths = source.Catalog };
        var refused = BackendAppPlan.For(Apps.Read("""{"template": {"name": "web"}}"""), world).Problem!;
        refused.Reason.Should().Be(Reasons.TemplateMissing);
        refused.Message.Should().Contain("there is no golden path 'web'").And.Contain($"It may come with a source that is not there yet: {server.Url}@HEAD: nothing was fetched yet: ")
            .And.Contain("the connection failed");
        BackendAppPlan.For(Apps.Read("{}"), world).Problem.Should().BeNull("the one that comes with the operator is there");
    }

    [Fact]
    public async Task OneThatComesToHaveErrors_StaysAsItWas()
    {
        await using var server = await TemplateServer.StartAsync();
        server.Commit(Main, [.. Web("web", "1.0.0"), .. Web("api", "1.0.0")]);
        using var source = new SourceUnderTest(server, "ref: main");
        await source.FetchAsync();
        server.Commit(Main, [.. Web("web", "2.0.0"), ("web/skeleton/b", "{{ nothing }}"), .. Web("api", "2.0.0")]);

        await source.FetchAsync();

        source.Offered.Should().Equal("api 2.0.0", "web 1.0.0");
        source.Catalog.ErrorsOf("web").Should().ContainSingle().Which.ToString().Should().StartWith($"{server.Url}@main:web/skeleton/b:1:1: there is no value");
    }

    [Theory]
    [InlineData("tokenFile")]
    [InlineData("gitHubCredential")]
    public async Task APrivateRepository_IsReadWithACredential_WhichIsSaidNowhere(string kind)
    {
        await using var server = await TemplateServer.StartAsync(anonymous: false);
        server.Commit(Main, Web("web", "1.0.0"));
        using var source = new SourceUnderTest(server, kind == "tokenFile" ? $"tokenFile: \"{server.TokenPath}\"" : "gitHubCredential: true");
        await source.FetchAsync();
        source.Offered.Should().Equal(["web 1.0.0"], string.Join('\n', source.Log.All));
        const string Wrong = "ghs_99_a-wrong-token-that-nobody-may-see";
        await System.IO.File.WriteAllTextAsync(server.TokenPath, Wrong);

        await source.FetchAsync();

        source.Offered.Should().Equal("web 1.0.0");
        source.Log.All.Should().Contain(line => line.Contains("401", StringComparison.Ordinal));
        string.Join('\n', source.Log.All).Should().NotContain(Wrong).And.NotContain(TemplateServer.Token)
            .And.NotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes($"x-access-token:{Wrong}")));
    }

    [Fact]
    public async Task MoreBytesThanAllowed_AreNotFetched_AndWhatWasThereStays()
    {
        await using var server = await TemplateServer.StartAsync();
        server.Commit(Main, Web("web", "1.0.0"));
        var folder = Path.Combine(server.Cache, "one");
        (await server.Source.FetchAsync(Request(), CancellationToken.None)).Should().BeTrue();
        (await server.Source.FetchAsync(Request(), CancellationToken.None)).Should().BeFalse("it is there already");
        var noise = new byte[200_000];
        new Random(1).NextBytes(noise);
        server.Set(Main, server.Tree([("100644", "noise", server.Blob(noise))]));

        var fetch = () => server.Source.FetchAsync(Request() with { MostBytes = 100_000 }, CancellationToken.None);

        (await fetch.Should().ThrowAsync<GitSourceException>()).Which.Message.Should().Contain("larger than the 97 KiB");
        using var kept = GitCheckout.Open(folder)!;
        kept.Root("HEAD").Entries(10).Select(entry => entry.Name).Should().Equal("web");
        Directory.EnumerateDirectories(server.Cache).Should().Equal([folder], "nothing is left of the attempt");

        GitSourceRequest Request() => new()
        {
            Url = new Uri(server.Url),
            Choose = references => GitSourceTags.Choose(new GoldenPathGitSettings { Url = server.Url }, references),
            Folder = folder,
        };
    }

    [Fact]
    public async Task ABranchThatIsNotThere_IsSaid()
    {
        await using var server = await TemplateServer.StartAsync();
        server.Commit(Main, Web("web", "1.0.0"));
        using var source = new SourceUnderTest(server, "ref: nowhere");

        await source.FetchAsync();

        source.Catalog.Missing.Should().ContainSingle().Which.Message.Should().Be("nothing was fetched yet: it has no such branch, tag or commit, and no tag in the range");
    }

    [Fact]
    public async Task WhatIsNoLongerASource_LeavesNothingBehind_AndNothingElseIsTouched()
    {
        await using var server = await TemplateServer.StartAsync();
        server.Commit(Main, Web("web", "1.0.0"));
        using (var first = new SourceUnderTest(server))
        {
            await first.FetchAsync();
        }

        Directory.CreateDirectory(Path.Combine(server.Cache, "somebody-elses"));
        using var second = new SourceUnderTest(server, "ref: main");

        await second.FetchAsync();

        Directory.EnumerateDirectories(server.Cache).Select(Path.GetFileName).Should().HaveCount(2).And.Contain("somebody-elses");
        second.Offered.Should().Equal("web 1.0.0");
    }

    public static TheoryData<string, Func<TemplateServer, string>, string> Attacks => new()
    {
        { "a link", server => Evil(server, ("120000", "skeleton/passwd", server.Blob("/etc/passwd"u8.ToArray()))), "evil/skeleton/passwd: is a link" },
        { "a link far down", server => Evil(server, ("120000", "skeleton/a/b/c", server.Blob(".."u8.ToArray()))), "evil/skeleton/a/b/c: is a link" },
        { "a link for a skeleton", server => Evil(server, ("120000", "skeleton", server.Blob("/etc"u8.ToArray()))), "evil/skeleton: is a link" },
        { "a submodule", server => Evil(server, ("160000", "skeleton/sub", new string('1', 40))), "evil/skeleton/sub: is a submodule" },
        { "a folder that climbs", server => Evil(server, Entry(server, "skeleton/../../../x")), "has a part that is empty, that climbs" },
        { ".git", server => Evil(server, Entry(server, "skeleton/.git/config")), "evil/skeleton/.git/config: reaches into Git's own folder" },
        { ".GIT", server => Evil(server, Entry(server, "skeleton/.GIT/hooks/post-checkout")), "reaches into Git's own folder" },
        { "git~1", server => Evil(server, Entry(server, "skeleton/git~1/config")), "reaches into Git's own folder" },
        { "a zero-width .git", server => Evil(server, Entry(server, "skeleton/.g\u200dit/config")), "is not a path that every file system takes" },
        { "a backslash", server => Evil(server, Entry(server, @"skeleton/..\x")), "is not a path" },
        { "a device", server => Evil(server, Entry(server, "skeleton/con.txt")), "a device of Windows" },
        { "upper and lower case", server => Evil(server, Entry(server, "skeleton/A"), Entry(server, "skeleton/a")), "is 'A' where upper and lower case" },
        { "50 MB", server => Evil(server, ("100644", "skeleton/big", server.Blob(new byte[50 << 20]))), "evil/skeleton/big: is too large" },
        { "a manifest of 50 MB", server => Evil(server, ("100644", "template.yaml", server.Blob(new byte[50 << 20]))), "evil/template.yaml: is too large" },
        { "a manifest that is a folder", server => Evil(server, Entry(server, "template.yaml/x")), "evil/template.yaml: is a folder" },
        { "100,000 files", Many, "evil/skeleton: cannot be read: it holds more than 2000 files and folders" },
        { "folders of folders without end", Bomb, "evil/skeleton/d0/d0/d0" },
    };

    [Theory]
    [MemberData(nameof(Attacks), DisableDiscoveryEnumeration = true)]
    public async Task AHostileGoldenPath_IsRefusedWithItsPlace_AndHoldsUpNobody(string what, Func<TemplateServer, string> attack, string expected)
    {
        await using var server = await TemplateServer.StartAsync();
        server.Set(Main, attack(server));
        using var source = new SourceUnderTest(server);

        await source.FetchAsync().WaitAsync(TimeSpan.FromMinutes(2));

        source.Offered.Should().Equal(["good 1.0.0"], what);
        source.Catalog.ErrorsOf("evil").Select(error => error.ToString()).Should().Contain(error => error.Contains(expected, StringComparison.Ordinal));
        source.Catalog.ErrorsOf("evil")[0].ToString().Should().StartWith($"{server.Url}@HEAD:evil");
    }

    private static (string, string)[] Web(string name, string version, string? folder = null) =>
    [
        ($"{folder ?? name}/template.yaml", $"name: {name}\nversion: {version}\n"),
        ($"{folder ?? name}/skeleton/a.txt", $"{name} {version}"),
    ];

    private static (string Mode, string Path, string Id) Entry(TemplateServer server, string path) => ("100644", path, server.Blob("x"u8.ToArray()));

    private static string Evil(TemplateServer server, params (string Mode, string Path, string Id)[] attack)
    {
        (string Mode, string Path, string Id)[] manifest = [("100644", "template.yaml", server.Blob("name: evil\nversion: 1.0.0\n"u8.ToArray()))];
        var evil = server.Tree([.. manifest.Where(file => attack.All(each => each.Path.Split('/')[0] != file.Path)), .. attack]);
        return Beside(server, evil);
    }

    private static string Beside(TemplateServer server, string evil) => server.Tree(
    [
        ("040000", "evil", evil),
        .. Web("good", "1.0.0").Select(file => ("100644", file.Item1, server.Blob(Encoding.UTF8.GetBytes(file.Item2)))),
    ]);

    private static string Many(TemplateServer server)
    {
        var blob = server.Blob("x"u8.ToArray());
        return Evil(server, [.. Enumerable.Range(0, 100_000).Select(index => ("100644", $"skeleton/{index}", blob))]);
    }

    /// <summary>Ten folders in each of ten folders, of which each is there once: ten to the power of forty files in some hundred bytes.</summary>
    private static string Bomb(TemplateServer server)
    {
        var tree = server.Tree([("100644", "x", server.Blob("x"u8.ToArray()))]);
        for (var level = 0; level < 40; level++)
        {
            var inner = tree;
            tree = server.Tree(Enumerable.Range(0, 10).Select(index => ("040000", $"d{index}", inner)));
        }

        return Evil(server, ("040000", "skeleton", tree));
    }
}
