using System.Globalization;
using System.Text.RegularExpressions;

namespace Idp.Operator.Settings;

/// <summary>Durations as Go writes them, which the External Secrets Operator reads.</summary>
/// <remarks>https://pkg.go.dev/time#ParseDuration; <c>1d</c> is not one, though the API server lets it pass.</remarks>
public static partial class GoDuration
{
    /// <summary>Whether the text is a duration that is not negative.</summary>
    public static bool IsValid(string text) => text == "0" || Pattern().IsMatch(text);

    /// <summary>The duration that a valid text says.</summary>
    /// <exception cref="FormatException">The text is not a duration.</exception>
    public static TimeSpan Parse(string text)
    {
        if (!IsValid(text))
        {
            throw new FormatException($"\"{text}\" is not a duration.");
        }

        var seconds = Part().Matches(text).Sum(part =>
            double.Parse(part.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) * SecondsOf(part.Groups["unit"].Value));
        return TimeSpan.FromSeconds(seconds);
    }

    private static double SecondsOf(string unit) => unit switch
    {
        "ns" => 1e-9,
        "us" or "µs" => 1e-6,
        "ms" => 1e-3,
        "s" => 1,
        "m" => 60,
        _ => 3600,
    };

    [GeneratedRegex("(?<number>[0-9.]+)(?<unit>[^0-9.]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Part();

    [GeneratedRegex(@"\A([0-9]{1,9}(\.[0-9]{0,9})?(ns|us|µs|ms|s|m|h))+\z", RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
