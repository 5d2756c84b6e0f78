using Idp.Kubernetes.Apply;

namespace Idp.Kubernetes.Tests.Apply;

/// <summary>Random intents over random objects, against a small model of what an apply does.</summary>
public sealed class ComparerModelTest
{
    [Fact]
    public void AfterAnApply_ThereIsNoDifference()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var world = new AppliedModel();
            var random = new Random(seed);
            for (var step = 0; step < 4; step++)
            {
                var desired = AppliedModel.RandomIntent(random);
                world.Apply(desired);
                world.DisturbBesideOurs(random);

                Comparer.Compare(desired, world.Live(), "us").Should().BeEmpty($"seed {seed}, step {step}, {desired.ToJsonString()}, {world.Live().ToJson()}");
            }
        }
    }

    [Fact]
    public void WhereThereIsNoDifference_AnApplyChangesNothing()
    {
        var same = 0;
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var world = new AppliedModel();
            world.Apply(AppliedModel.RandomIntent(random));
            world.DisturbBesideOurs(random);
            if (seed % 2 == 0)
            {
                world.DisturbOurs(random);
            }

            var desired = seed % 3 == 0 ? AppliedModel.RandomIntent(random) : world.Intent;
            var differs = Comparer.Compare(desired, world.Live(), "us").Count > 0;
            var before = world.Live().ToJson().ToJsonString();
            world.Apply(desired);
            var changed = world.Live().ToJson().ToJsonString() != before;

            (!differs && changed).Should().BeFalse($"seed {seed}: {before} with {desired.ToJsonString()}");
            same += differs ? 0 : 1;
        }

        same.Should().BeInRange(200, 1_800, "both sides of the question must come up");
    }
}
