using System.Text;
using Idp.Operator.Webhooks;

namespace Idp.Operator.Tests.Webhooks;

public sealed class WebhookEventsTest
{
    [Theory]
    [InlineData("repository", """{"action":"renamed","repository":{"id":1}}""", true)]
    [InlineData("repository", """{"action":"archived","repository":{"id":1}}""", true)]
    [InlineData("repository", """{"action":"deleted","repository":{"id":1}}""", true)]
    [InlineData("push", """{"ref":"refs/heads/main","repository":{"id":1,"default_branch":"main"}}""", true)]
    [InlineData("push", """{"ref":"refs/heads/feature","repository":{"id":1,"default_branch":"main"}}""", false)]
    [InlineData("push", """{"ref":"refs/tags/main","repository":{"id":1,"default_branch":"main"}}""", false)]
    [InlineData("push", """{"repository":{"id":1,"default_branch":"main"}}""", false)]
    [InlineData("pull_request", """{"action":"closed","repository":{"id":1}}""", true)]
    [InlineData("pull_request", """{"action":"opened","repository":{"id":1}}""", false)]
    [InlineData("team", """{"action":"added_to_repository","repository":{"id":1}}""", true)]
    [InlineData("team", """{"action":"created"}""", false)]
    [InlineData("repository_ruleset", """{"action":"edited","repository":{"id":1}}""", true)]
    [InlineData("ping", """{"zen":"Design for failure.","repository":{"id":1}}""", false)]
    [InlineData("star", """{"action":"created","repository":{"id":1}}""", false)]
    public void SomeMatter(string name, string body, bool matters) =>
        WebhookEvents.Matters(name, WebhookPayload.Parse(Encoding.UTF8.GetBytes(body))!).Should().Be(matters);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"repository":{"id":"1"}}""")]
    [InlineData("""{"repository":{}}""")]
    public void WhatIsNoPayload_IsNotRead(string body) => WebhookPayload.Parse(Encoding.UTF8.GetBytes(body)).Should().BeNull();

    [Fact]
    public void EventsThatNobodyExpects_HaveOneLabel()
    {
        WebhookEvents.Label("push").Should().Be("push");
        WebhookEvents.Label("x\"} 1\n").Should().Be("other");
        WebhookEvents.Labels.Should().OnlyHaveUniqueItems();
    }
}
