using Idp.Operator.Settings;

namespace Idp.Operator.Tests.Settings;

public sealed class GoldenPathSettingsRulesTest
{
    private const string Base = "github: {owner: acme}\ningress: {domain: acme.dev}\n";

    [Fact]
    public void FoldersAndRepositories_AreSourcesBesideTheDirectories()
    {
        var paths = Load("""
            goldenPaths:
              sources:
                - folder: /etc/paths
                - git: {url: "https://github.com/acme/paths", semver: ">=1 <3", path: templates, every: 1h, gitHubCredential: true}
                - git: {url: "https://git.acme.dev/paths.git", ref: main, tokenFile: /etc/token}
            """).Value!.GoldenPaths;

        paths.Folders().Should().Equal("golden-paths", "/etc/paths");
        paths.Repositories().Select(git => git.Id).Should().Equal(
            "https://github.com/acme/paths@>=1 <3:templates", "https://git.acme.dev/paths.git@main");
        paths.Repositories().Select(git => git.Period()).Should().Equal(TimeSpan.FromHours(1), TimeSpan.FromMinutes(5));
    }

    [Theory]
    [InlineData("{}", "goldenPaths.sources[0]: must have either git or folder")]
    [InlineData("{folder: a, git: {url: 'https://a.dev/b'}}", "goldenPaths.sources[0]: must have either git or folder")]
    [InlineData("{folder: ''}", "folder: must name a folder")]
    [InlineData("{git: {}}", "git.url: is required")]
    [InlineData("{git: {url: 'git@github.com:a/b'}}", "git.url: must be an https address")]
    [InlineData("{git: {url: 'file:///etc'}}", "git.url: must be an https address")]
    [InlineData("{git: {url: 'https://user:secret@a.dev/b'}}", "git.url: must be an https address without credentials")]
    [InlineData("{git: {url: 'http://a.dev/b', tokenFile: /t}}", "git.url: must be https where a token is shown")]
    [InlineData("{git: {url: 'https://a.dev/b', ref: main, semver: 1.x}}", "git.ref: is not used beside semver")]
    [InlineData("{git: {url: 'https://a.dev/b', ref: '-x'}}", "git.ref: must be a branch, tag or commit")]
    [InlineData("{git: {url: 'https://a.dev/b', semver: newest}}", "git.semver: must be a range of versions")]
    [InlineData("{git: {url: 'https://a.dev/b', path: ../x}}", "git.path: must be a folder of the repository")]
    [InlineData("{git: {url: 'https://a.dev/b', every: 1s}}", "git.every: must be a Go duration between 1m and 24h")]
    [InlineData("{git: {url: 'https://a.dev/b', tokenFile: /t, gitHubCredential: true}}", "git.tokenFile: is not used beside gitHubCredential")]
    [InlineData("{git: {url: 'https://a.dev/b', gitHubCredential: true}}", "git.gitHubCredential: is for repositories at github.webUrl alone")]
    [InlineData("{folder: a}, {git: {url: 'https://a.dev/b'}}, {git: {url: 'https://a.dev/b'}}", "goldenPaths.sources[2]: is there twice")]
    public void WhatCannotBe_IsRefusedWithItsPlace(string sources, string message)
    {
        var loaded = Load($"goldenPaths: {{sources: [{sources}]}}\n");

        loaded.Succeeded.Should().BeFalse();
        loaded.ErrorText.Should().Contain(message);
        loaded.ErrorText.Should().NotContain("secret");
    }

    [Fact]
    public void NineRepositories_AreTooMany() =>
        Load($"goldenPaths: {{sources: [{string.Join(", ", Enumerable.Range(0, 9).Select(index => $"{{git: {{url: 'https://a.dev/{index}'}}}}"))}]}}\n")
            .ErrorText.Should().Contain("are at most 8 repositories");

    private static Idp.Operator.Yaml.Loaded<PlatformSettings> Load(string text) => PlatformSettingsLoader.Parse(Base + text, "platform.yaml");
}
