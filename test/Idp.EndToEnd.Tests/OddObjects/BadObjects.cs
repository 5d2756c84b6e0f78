using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.EndToEnd.Tests.OddObjects;

/// <summary>Lets an operator loose on BackendApps that nobody in their right mind would write, and looks how each ends.</summary>
/// <remarks>
/// First specs that pass the schema; the API server is the judge. Then, with the schema of <c>spec</c> taken away, specs
/// that it would have refused: an older definition, or a server that does not run CEL rules, lets such through.
/// The same seed gives the same specs.
/// </remarks>
internal sealed class BadObjects(Sandbox.World.Sandbox world, Action<string> tell, TimeProvider clock)
{
    private const int Teams = 10;
    private const int AtOnce = 8;
    private const int Batch = 100;
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly ResourceKind Kind = BackendApp.ResourceKind;

    /// <summary>Makes objects that pass the schema, and waits until each has come to its end.</summary>
    public async Task<BadObjectsReport> ValidAsync(int count, int seed, CancellationToken cancellationToken)
    {
        await MakeTeamsAsync(cancellationToken);
        return await RunAsync("valid", count, (specs, number) => specs.Make(seed + number), cancellationToken);
    }

    /// <summary>Takes the schema of <c>spec</c> away and makes objects that it would have refused, and waits in the same way.</summary>
    public async Task<BadObjectsReport> BrokenAsync(int count, int seed, CancellationToken cancellationToken)
    {
        await MakeTeamsAsync(cancellationToken);
        await OpenSchemaAsync(cancellationToken);
        return await RunAsync("broken", count, (specs, number) => specs.MakeBroken(seed + number), cancellationToken);
    }

    /// <summary>In batches, because stand-ins do more work for an application than the operator does.</summary>
    private async Task<BadObjectsReport> RunAsync(
        string prefix, int count, Func<BadSpecs, int, JsonNode?> make, CancellationToken cancellationToken)
    {
        var refused = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        for (var first = 0; ; first += Batch)
        {
            var end = Math.Min(count, first + Batch);
            await Parallel.ForAsync(first, end, options, async (number, token) =>
            {
                var team = TeamOf(number);
                var specs = new BadSpecs(team);
                for (var attempt = number; !await CreateAsync(team, BadSpecs.NameOf(prefix, number), make(specs, attempt), token); attempt += count)
                {
                    Interlocked.Increment(ref refused);
                }
            });
            var report = await UntilSettledAsync(prefix, end, refused, cancellationToken);
            tell($"{end} of {count} {prefix} objects were let through and {refused} refused; {end - report.Unsettled.Count} have come to their end");
            if (end == count || report.Unsettled.Count > 0)
            {
                return report;
            }
        }
    }

    private async Task<bool> CreateAsync(string team, string name, JsonNode? spec, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["apiVersion"] = Kind.ApiVersion,
            ["kind"] = Kind.Kind,
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = team },
            ["spec"] = spec,
        };
        try
        {
            await world.Client.CreateAsync(Kind, body, cancellationToken);
            return true;
        }
        catch (KubeException refusal) when (refusal is InvalidException or BadRequestException)
        {
            return false;
        }
    }

    /// <summary>Looks until every object has ended, or none has for some minutes.</summary>
    private async Task<BadObjectsReport> UntilSettledAsync(
        string prefix, int count, int refused, CancellationToken cancellationToken)
    {
        var (best, since) = (-1, clock.GetTimestamp());
        while (true)
        {
            var report = BadObjectsReport.Of(await ListAsync(prefix, cancellationToken), refused);
            var settled = count - report.Unsettled.Count;
            if (settled == count || clock.GetElapsedTime(since) > Patience)
            {
                return report;
            }

            if (settled > best)
            {
                (best, since) = (settled, clock.GetTimestamp());
            }

            await Task.Delay(Glance, clock, cancellationToken);
        }
    }

    private async Task<List<JsonObject>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        List<JsonObject> found = [];
        await foreach (var item in world.Client.ListAsync(Kind, new ListOptions(), cancellationToken))
        {
            if (item.Metadata.Name.StartsWith($"{prefix}-", StringComparison.Ordinal))
            {
                found.Add(item.ToJson());
            }
        }

        return found;
    }

    private async Task MakeTeamsAsync(CancellationToken cancellationToken)
    {
        for (var number = 0; number < Teams; number++)
        {
            await world.CreateNamespaceAsync(TeamOf(number), cancellationToken);
        }
    }

    private static string TeamOf(int number) => BadSpecs.NameOf("team-odd", number % Teams);

    /// <summary>Everything is let through from here on, and the server drops nothing; the status keeps its schema.</summary>
    private async Task OpenSchemaAsync(CancellationToken cancellationToken)
    {
        var key = new ObjectKey("", $"{Kind.Plural}.{Kind.Group}");
        var definition = (await world.Client.GetAsync(WellKnownKinds.CustomResourceDefinition, key, cancellationToken)).ToJson();
        foreach (var version in definition.ObjectsAt("spec", "versions"))
        {
            version["schema"]!["openAPIV3Schema"]!["properties"]!["spec"] = new JsonObject { ["x-kubernetes-preserve-unknown-fields"] = true };
        }

        await world.Client.ReplaceAsync(WellKnownKinds.CustomResourceDefinition, definition, cancellationToken);
        while (!await IsOpenAsync(cancellationToken))
        {
            await Task.Delay(Glance, clock, cancellationToken);
        }
    }

    private async Task<bool> IsOpenAsync(CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["apiVersion"] = Kind.ApiVersion,
            ["kind"] = Kind.Kind,
            ["metadata"] = new JsonObject { ["name"] = "trial", ["namespace"] = TeamOf(0) },
            ["spec"] = "anything",
        };
        try
        {
            await world.Client.ApplyAsync(Kind, body, new ApplyOptions { FieldManager = "trial", DryRun = true }, cancellationToken);
            return true;
        }
        catch (KubeException)
        {
            return false;
        }
    }
}
