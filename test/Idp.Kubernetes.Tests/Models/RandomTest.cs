using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Idp.Kubernetes.Tests.Models;

/// <summary>Tries a rule on random values. What fails is made smaller and printed, with the seed that brings it back.</summary>
/// <remarks>
/// Every run tries the same values, so that a change is judged by what it changed. To look for more:
/// <c>IDP_TEST_SEED=random</c>; <c>IDP_TEST_SEED=SEED,GAMMA</c> repeats the run of a message that says <c>(SEED,GAMMA)</c>;
/// <c>IDP_TEST_TIMES=10</c> tries ten times as many values.
/// </remarks>
internal static class RandomTest
{
    private const string Usual = "20261121,11400714819323198485";

    /// <summary>Tries a rule, which fails by throwing.</summary>
    public static void Check<T>(int times, Arbitrary<T> values, Action<T> rule)
    {
        var factor = Environment.GetEnvironmentVariable("IDP_TEST_TIMES") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 1;
        Prop.ForAll(values, rule).Check(Config.QuickThrowOnFailure.WithMaxTest(times * factor).WithReplay(Seed()));
    }

    /// <summary>Tries a rule on random histories.</summary>
    public static void Check<TStep>(int times, int longest, Gen<TStep> step, Action<History<TStep>> rule)
    {
        var histories = from length in Gen.Choose(1, longest)
                        from steps in Gen.ArrayOf(step, length)
                        select new History<TStep>(steps);
        Check(times, Arb.From(histories, history => history.Smaller()), rule);
    }

    private static FSharpOption<Replay>? Seed()
    {
        var text = Environment.GetEnvironmentVariable("IDP_TEST_SEED") is { Length: > 0 } named ? named : Usual;
        if (text == "random")
        {
            return null;
        }

        var numbers = text.Trim('(', ')').Split(',').Select(number => ulong.Parse(number, CultureInfo.InvariantCulture)).ToList();
        return FSharpOption<Replay>.Some(new Replay(new Rnd(numbers[0], numbers[1]), null));
    }
}
