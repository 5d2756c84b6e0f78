using System.Globalization;
using System.Text.RegularExpressions;
using Idp.Sandbox.Demo;
using Idp.Testing.Crash;
using Xunit.Abstractions;

namespace Idp.EndToEnd.Tests.Operations;

/// <summary>The operator may die at any moment: the next one goes on, and in the end there is one of everything.</summary>
/// <remarks>Some of the points that <c>make crash</c> tries all of: where something is made, and where something is let go.</remarks>
public sealed partial class CrashTest(ITestOutputHelper output)
{
    [Fact]
    public async Task KilledAroundAWriteTheNextOperatorComesToWhatAnUndisturbedOneComesTo()
    {
        var folder = Directory.CreateTempSubdirectory("idp-crash-");
        await using var told = new StringWriter(CultureInfo.InvariantCulture);
        var options = new CrashOptions
        {
            Directory = folder.FullName,
            Limit = TimeSpan.FromMinutes(14),
            Only = Points(),
            Rehearsals = 1,
        };

        var result = await new CrashRun(options, new Narrator(told, TimeProvider.System, colours: false), TimeProvider.System)
            .RunAsync(CancellationToken.None);

        output.WriteLine($"{told}");
        result.Should().Be(0, $"of this:\n{told}");
        $"{told}".Should().MatchRegex("(?m)12 points: 12 as undisturbed, 0 not, 0 did not come up$");
        folder.Delete(recursive: true);
    }

    [GeneratedRegex("""
        ^(making,\ after\ github\ (POST\ orgs|PATCH)
        |making,\ (before|after)\ github\ POST\ .*/git-receive-pack$
        |making,\ after\ kubernetes\ PATCH\ namespaces/team-APP/backendapps/APP$
        |making,\ before\ kubernetes\ PATCH\ namespaces/team-APP/backendapps/APP/status$
        |making,\ before\ kubernetes\ PATCH\ namespaces/APP-production/clusters
        |deleting\ \(Delete\),\ after\ github
        |deleting\ \(Delete\),\ after\ kubernetes\ DELETE\ namespaces/team-APP/applicationenvironments/APP-production$
        |deleting\ \(Delete\),\ after\ kubernetes\ DELETE\ namespaces/APP-staging/clusters
        |deleting\ \(Delete\),\ before\ kubernetes\ DELETE\ namespaces/argocd/applications/APP-staging$
        |deleting\ \(Delete\),\ before\ kubernetes\ PATCH\ namespaces/team-APP/backendapps/APP$)
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Points();
}
