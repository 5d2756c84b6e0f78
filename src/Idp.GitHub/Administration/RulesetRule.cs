using System.Text.Json.Nodes;

namespace Idp.GitHub;

/// <summary>One rule of a ruleset, in GitHub's own words: there are more kinds of rules than are known here.</summary>
/// <remarks>See <see href="https://docs.github.com/en/rest/repos/rules#create-a-repository-ruleset"/>.</remarks>
/// <param name="Type">What it is about, such as <c>pull_request</c>.</param>
/// <param name="Parameters">The parameters; null for a rule without any.</param>
public sealed record RulesetRule(string Type, JsonObject? Parameters = null);
