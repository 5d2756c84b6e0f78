namespace Idp.GitHub.Tests;

/// <summary>Where a token is sent with a push.</summary>
public sealed class GitAddressTest
{
    [Theory]
    [InlineData("https://api.github.com/", "https://github.com/acme/app.git")]
    [InlineData("https://api.acme.ghe.com/", "https://acme.ghe.com/acme/app.git")]
    [InlineData("https://github.acme.dev/api/v3/", "https://github.acme.dev/acme/app.git")]
    [InlineData("https://api.acme.dev/", "https://api.acme.dev/acme/app.git")]
    [InlineData("http://127.0.0.1:8080/", "http://127.0.0.1:8080/acme/app.git")]
    public void FollowsFromWhereTheApiIs(string api, string expected) =>
        GitAddress.Of(new Uri(api), Named("acme", "app")).AbsoluteUri.Should().Be(expected);

    [Fact]
    public void WhatAnAnswerSaysOfIt_IsNotBelieved() =>
        GitAddress.Of(new Uri("https://api.github.com/"), Named("acme", "app") with { CloneUrl = "https://evil.example/acme/app.git" })
            .Host.Should().Be("github.com");

    [Theory]
    [InlineData("acme", "../x")]
    [InlineData("acme", "app.git")]
    [InlineData("acme", "x?y")]
    [InlineData("evil.example/acme", "app")]
    [InlineData("x@evil", "app")]
    public void NamesThatAreNone_AreRefused(string owner, string name)
    {
        var ask = () => GitAddress.Of(new Uri("https://api.github.com/"), Named(owner, name));

        ask.Should().Throw<GitHubValidationException>();
    }

    private static Repository Named(string owner, string name) =>
        new() { Id = 1, Owner = owner, Name = name, DefaultBranch = "main", HtmlUrl = "", CloneUrl = "" };
}
