namespace Idp.Kubernetes.Tests.Models;

/// <summary>Steps that are taken one after the other. Every step can be taken in every state, so that some may be left out.</summary>
public sealed class History<TStep>(IReadOnlyList<TStep> steps)
{
    public IReadOnlyList<TStep> Steps { get; } = steps;

    /// <summary>The same with ever smaller runs of its steps left out, as a failed history is made smaller.</summary>
    public IEnumerable<History<TStep>> Smaller() =>
        from run in Halvings(Steps.Count)
        from start in Enumerable.Range(0, (Steps.Count + run - 1) / run).Reverse()
        where run < Steps.Count
        select new History<TStep>([.. Steps.Take(start * run), .. Steps.Skip((start + 1) * run)]);

    public override string ToString() => string.Concat(Steps.Select((step, index) => $"\n  {index + 1,3}. {step}"));

    private static IEnumerable<int> Halvings(int length)
    {
        for (var run = length / 2; run > 0; run /= 2)
        {
            yield return run;
        }
    }
}
