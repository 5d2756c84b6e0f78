using System.Text.RegularExpressions;

namespace Idp.Entities.Tests.Manifests;

/// <summary>One fault of a manifest.</summary>
/// <param name="Field">Where; newer servers say which element of a list, and call the whole object <c>&lt;nil&gt;</c>.</param>
/// <param name="Message">What the server says of it.</param>
internal sealed partial record Fault(string Field, string Message)
{
    /// <summary>Whether it is at this field or within it.</summary>
    public bool IsIn(string field) => Covers(Plain(field), Plain(Field));

    /// <summary>Whether it is at this field or at what the field is within: a rule speaks for all that it reads.</summary>
    public bool IsAround(string field) => Covers(Plain(Field), Plain(field));

    private static bool Covers(string outer, string inner) =>
        outer.Length == 0 || inner == outer || inner.StartsWith(outer + ".", StringComparison.Ordinal);

    private static string Plain(string field) => field == "<nil>" ? "" : Element().Replace(field, "");

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Element();
}
