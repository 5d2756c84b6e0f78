using FsCheck.Fluent;
using Idp.Kubernetes.Tests.Models;

namespace Idp.Kubernetes.Tests.Queue;

/// <summary>Random operations against a model that anybody can see is right.</summary>
public sealed class WorkQueueModelTest
{
    [Fact]
    public void RandomHistories_MatchTheNaiveModel() => RandomTest.Check(
        2_000, longest: 80, QueueStep.Any, history =>
        {
            using var both = new QueueBesideModel();
            RunAsync(both, history).GetAwaiter().GetResult();
        });

    [Fact]
    public void ManyThreads_LoseNoKey_AndNeverShareOne() => RandomTest.Check(
        60, CrowdPlan.Any.ToArbitrary(), plan =>
        {
            using var crowd = new QueueCrowd(plan);
            crowd.RunAsync().GetAwaiter().GetResult();
        });

    private static async Task RunAsync(QueueBesideModel both, History<QueueStep> history)
    {
        foreach (var step in history.Steps)
        {
            await both.StepAsync(step);
        }
    }
}
