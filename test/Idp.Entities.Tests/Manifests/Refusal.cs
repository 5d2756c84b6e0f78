using System.Text.RegularExpressions;
using Idp.Kubernetes.Client;

namespace Idp.Entities.Tests.Manifests;

/// <summary>Why an API server refused a manifest: its faults, without the words that differ from version to version.</summary>
internal sealed partial record Refusal(IReadOnlyList<Fault> Faults)
{
    /// <summary>Why a request is refused; null where it is not.</summary>
    public static async Task<Refusal?> OfAsync(Func<Task> request)
    {
        try
        {
            await request();
            return null;
        }
        catch (InvalidException refused)
        {
            return new Refusal([.. (refused.Status.Details?.Causes ?? []).Select(cause => new Fault(cause.Field, cause.Message))]);
        }
        catch (BadRequestException refused)
        {
            // Fields that the kind has not: they are named in the text alone.
            return new Refusal([.. UnknownField().Matches(refused.Status.Message).Select(match => new Fault(match.Groups[1].Value, match.Value))]);
        }
    }

    public override string ToString() => string.Join("; ", Faults);

    [GeneratedRegex("unknown field \"([^\"]+)\"")]
    private static partial Regex UnknownField();
}
