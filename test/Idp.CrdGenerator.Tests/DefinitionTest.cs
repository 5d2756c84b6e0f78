using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Model;

namespace Idp.CrdGenerator.Tests;

/// <summary>What makes a definition one that every API server, Argo CD and kubectl explain get on with.</summary>
public sealed class DefinitionTest
{
    public static TheoryData<Type> Kinds => [typeof(BackendApp), typeof(ApplicationEnvironment)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryFieldHasADescription(Type kind) =>
        Fields(kind).Where(field => field.Path.Contains('.', StringComparison.Ordinal) && !field.Schema.ContainsKey("description"))
            .Select(field => field.Path).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryTextListAndMapOfASpecIsBounded(Type kind)
    {
        // Without bounds the API server estimates the rules as too costly and refuses the definition.
        var unbounded = Fields(kind).Where(field => field.Path.StartsWith("spec", StringComparison.Ordinal)).Where(field =>
            field.Schema["type"]?.GetValue<string>() switch
            {
                "string" => !field.Schema.ContainsKey("maxLength") && !field.Schema.ContainsKey("enum"),
                "array" => !field.Schema.ContainsKey("maxItems"),
                "object" => field.Schema.ContainsKey("additionalProperties") && !field.Schema.ContainsKey("maxProperties"),
                null => !field.Schema.ContainsKey("x-kubernetes-int-or-string") || !field.Schema.ContainsKey("maxLength"),
                _ => false,
            });

        unbounded.Select(field => field.Path).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NothingIsNullableAndNoLimitIsNegative(Type kind)
    {
        var definition = Make(kind).ToJsonString();

        definition.Should().NotContain("nullable").And.NotContain(":-");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryPatternIsAnchored(Type kind) =>
        Fields(kind).Select(field => field.Schema["pattern"]?.GetValue<string>()).OfType<string>()
            .Should().OnlyContain(pattern => pattern.StartsWith('^') && pattern.EndsWith('$'));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryListKeyIsRequired(Type kind)
    {
        foreach (var (path, schema) in Fields(kind).Where(field => field.Schema.ContainsKey("x-kubernetes-list-map-keys")))
        {
            var required = schema["items"]!["required"]!.AsArray().Select(name => name!.GetValue<string>());
            required.Should().Contain(schema["x-kubernetes-list-map-keys"]!.AsArray().Select(key => key!.GetValue<string>()), path);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryRuleHasBalancedBracketsAndAMessageThatNamesAField(Type kind)
    {
        var rules = Fields(kind).Append(("", Root(kind))).SelectMany(field => field.Item2["x-kubernetes-validations"]?.AsArray() ?? []);
        foreach (var rule in rules)
        {
            var text = rule!["rule"]!.GetValue<string>();
            text.Count(c => c == '(').Should().Be(text.Count(c => c == ')'), text);
            text.Count(c => c == '\'').Should().Match(count => count % 2 == 0, text);
            rule["message"]!.GetValue<string>().Should().MatchRegex("^[a-zA-Z.]+ ");
        }
    }

    [Theory]
    [InlineData(typeof(BackendApp), "Ready Environments Repository Status Age", "Template Team System")]
    [InlineData(typeof(ApplicationEnvironment), "Ready Application Stage URL Status Age", "Namespace Sync Health Revision")]
    public void TheColumnsAreThese(Type kind, string always, string wide)
    {
        var columns = Make(kind)["spec"]!["versions"]![0]!["additionalPrinterColumns"]!.AsArray();
        var split = columns.ToLookup(column => column!["priority"] is not null, column => column!["name"]!.GetValue<string>());

        string.Join(' ', split[false]).Should().Be(always);
        string.Join(' ', split[true]).Should().Be(wide);
    }

    [Fact]
    public void AFieldWithoutAWordOfDocumentationStopsTheGenerator()
    {
        var documentation = Documentation.Of(typeof(Condition).Assembly);

        FluentActions.Invoking(() => CustomResourceDefinition.Of(typeof(BackendApp), documentation))
            .Should().Throw<InvalidOperationException>().WithMessage("*has no documentation*");
    }

    private static JsonObject Make(Type kind) =>
        CustomResourceDefinition.Of(kind, Documentation.Of(typeof(BackendApp).Assembly, typeof(Condition).Assembly));

    private static JsonObject Root(Type kind) =>
        Make(kind)["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!.AsObject();

    private static IEnumerable<(string Path, JsonObject Schema)> Fields(Type kind) => SchemaFields.Of(Root(kind));
}
