using System.Text.RegularExpressions;

namespace Idp.Operator.Settings;

/// <summary>Durations as Go writes them, which the External Secrets Operator reads.</summary>
/// <remarks>https://pkg.go.dev/time#ParseDuration; <c>1d</c> is not one, though the API server lets it pass.</remarks>
public static partial class GoDuration
{
    /// <summary>Whether the text is a duration that is not negative.</summary>
    public static bool IsValid(string text) => text == "0" || Pattern().IsMatch(text);

    [GeneratedRegex(@"\A([0-9]{1,9}(\.[0-9]{0,9})?(ns|us|µs|ms|s|m|h))+\z", RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
