using System.Text.RegularExpressions;

namespace Idp.Sandbox.Tests.Contract;

/// <summary>A violation that is known to be the description's own mistake or gap; with the source that says so.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">A regular expression for the path.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Place">The beginning of the place within request or response.</param>
/// <param name="Source">Why GitHub does so all the same, and where that is known from.</param>
internal sealed record Waiver(string Method, string Path, int Status, string Place, string Source)
{
    public bool Covers(Exchange exchange, Violation violation) =>
        exchange.Method == Method
        && exchange.Status == Status
        && violation.Place.StartsWith(Place, StringComparison.Ordinal)
        && Regex.IsMatch(exchange.Path, Path, RegexOptions.CultureInvariant);

    public override string ToString() => $"{Method} {Path} {Status} {Place} ({Source})";
}
