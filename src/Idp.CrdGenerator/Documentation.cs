using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Idp.CrdGenerator;

/// <summary>What the XML documentation says of types and their properties: the descriptions of the schema.</summary>
internal sealed partial class Documentation
{
    private readonly Dictionary<string, XElement> _members = new(StringComparer.Ordinal);

    private Documentation()
    {
    }

    /// <summary>Reads the documentation files that the compiler put beside the assemblies.</summary>
    public static Documentation Of(params Assembly[] assemblies)
    {
        var documentation = new Documentation();
        foreach (var assembly in assemblies)
        {
            var members = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member");
            foreach (var member in members)
            {
                documentation._members[member.Attribute("name")?.Value ?? ""] = member;
            }
        }

        return documentation;
    }

    /// <exception cref="InvalidOperationException">Nobody has said what the type is.</exception>
    public string Of(Type type) =>
        Text(_members.GetValueOrDefault($"T:{type.FullName}")?.Element("summary")) ?? throw Missing(type.FullName);

    /// <exception cref="InvalidOperationException">Nobody has said what the property is.</exception>
    public string Of(PropertyInfo property)
    {
        var type = property.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericTypeDefinition() : property.DeclaringType;
        var name = $"{type?.FullName}.{property.Name}";
        var parameter = _members.GetValueOrDefault($"T:{type?.FullName}")?.Elements("param")
            .FirstOrDefault(element => element.Attribute("name")?.Value == property.Name);
        return Text(_members.GetValueOrDefault($"P:{name}")?.Element("summary") ?? parameter) ?? throw Missing(name);
    }

    private static InvalidOperationException Missing(string? name) =>
        new($"{name} has no documentation: the user would see a field without a description.");

    private static string? Text(XElement? summary)
    {
        if (summary is null)
        {
            return null;
        }

        var text = string.Concat(summary.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "see" } see => see.Attribute("cref")?.Value.Split('.')[^1] ?? "",
            XElement { Name.LocalName: "c" } code => code.Value,
            _ => node.ToString(),
        }));
        var line = Whitespace().Replace(text, " ").Trim();
        return line.Length == 0 ? null : line;
    }

    [GeneratedRegex("\\s+")]
    private static partial Regex Whitespace();
}
