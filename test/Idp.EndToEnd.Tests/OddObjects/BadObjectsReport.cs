using System.Globalization;
using System.Text.RegularExpressions;
using Idp.Entities;

namespace Idp.EndToEnd.Tests.OddObjects;

/// <summary>How many objects ended how.</summary>
/// <param name="Ends">By end, such as <c>Ready</c> or <c>Stalled InvalidSpec</c>.</param>
/// <param name="Unsettled">Those that have not ended, each with its conditions.</param>
/// <param name="Refused">How many the API server did not let through, so that others were made in their place.</param>
internal sealed partial record BadObjectsReport(
    IReadOnlyDictionary<string, int> Ends, IReadOnlyList<string> Unsettled, int Refused)
{
    /// <summary>Looks at objects.</summary>
    public static BadObjectsReport Of(IReadOnlyList<JsonObject> apps, int refused)
    {
        var ends = apps.Select(app => (App: app, End: EndOf(app))).ToList();
        return new BadObjectsReport(
            ends.Where(each => each.End is not null).GroupBy(each => each.End!).ToDictionary(group => group.Key, group => group.Count()),
            [.. ends.Where(each => each.End is null).Select(each => Print(each.App))],
            refused);
    }

    /// <summary>Lines of an operator's log that tell of a mistake of its own: an error, or an exception that says what no user can mend.</summary>
    public static IReadOnlyList<string> MistakesIn(string logPath)
    {
        // The operator has the file open to write.
        using var reader = new StreamReader(logPath, new FileStreamOptions { Share = FileShare.ReadWrite });
        List<string> lines = [];
        while (reader.ReadLine() is { } line)
        {
            if (Mistake().IsMatch(line))
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    /// <summary>The table, the most frequent end first.</summary>
    public override string ToString() => string.Join(
        Environment.NewLine,
        Ends.OrderByDescending(end => end.Value).Select(end => string.Create(CultureInfo.InvariantCulture, $"  {end.Value,6}  {end.Key}"))
            .Append(string.Create(CultureInfo.InvariantCulture, $"  {Unsettled.Count,6}  (not ended)")));

    /// <summary>Null while something may still happen by itself.</summary>
    /// <remarks>
    /// What Argo CD or another controller reports as failed may right itself, so the operator does not call it stalled
    /// (docs/decisions/0008-environments.md); it is an end all the same once nothing is on its way any more.
    /// </remarks>
    private static string? EndOf(JsonObject app)
    {
        var generation = app.NumberAt(0, "metadata", "generation");
        return app.NumberAt(0, "status", "observedGeneration") < generation
            ? null
            : Find(app, Conditions.Stalled) is { } stalled ? $"Stalled {stalled.TextAt("reason")}"
            : Find(app, Conditions.Ready) is not null ? "Ready"
            : Find(app, Conditions.Paused) is not null ? "Paused"
            : Find(app, Conditions.Reconciling) is null ? $"Not ready {Condition(app, Conditions.Ready).TextAt("reason")}"
            : null;
    }

    private static JsonObject? Find(JsonObject app, string type) =>
        Condition(app, type) is { } condition && condition.TextAt("status") == "True" ? condition : null;

    private static JsonObject? Condition(JsonObject app, string type) =>
        app.ObjectsAt("status", "conditions").FirstOrDefault(condition => condition.TextAt("type") == type);

    private static string Print(JsonObject app) =>
        $"{app.TextAt("metadata", "namespace")}/{app.TextAt("metadata", "name")}: "
        + string.Join("; ", app.ObjectsAt("status", "conditions").Select(condition =>
            $"{condition.TextAt("type")}={condition.TextAt("status")} {condition.TextAt("reason")}: {condition.TextAt("message")}"));

    [GeneratedRegex(@" (fail|crit): |[Uu]nhandled|\bSystem\.(NullReference|Argument\w*|InvalidOperation|InvalidCast|Format|Overflow|IndexOutOfRange|NotSupported|Collections\.\S*KeyNotFound|Text\.Json\.Json)Exception")]
    private static partial Regex Mistake();
}
