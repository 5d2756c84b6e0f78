using Idp.Sandbox.Processes;

namespace Idp.Sandbox.World;

/// <summary>The definitions of the kinds of other projects: Argo CD, External Secrets, CloudNativePG, SchemaHero.</summary>
public static class UpstreamDefinitions
{
    private const int CannotBeHad = 3;

    /// <summary>Fills a folder with them, by <c>hack/upstream-crds.sh</c>.</summary>
    /// <returns>False, and an empty folder, where they can neither be copied nor downloaded.</returns>
    /// <exception cref="InvalidOperationException">They are there and not what was listed; the message is the script's.</exception>
    public static async Task<bool> CollectAsync(string directory, CancellationToken cancellationToken)
    {
        var result = await new Command(SandboxPaths.Below("hack", "upstream-crds.sh"), directory).RunAsync(cancellationToken);
        return result.ExitCode switch
        {
            0 => true,
            CannotBeHad => false,
            _ => throw new InvalidOperationException($"The definitions of other projects' kinds cannot be used: {result.LastLine}"),
        };
    }
}
