using System.Net;
using System.Text.Json;
using Octokit;

namespace Idp.GitHub;

/// <summary>Asks GitHub, as the App, for the tokens of one installation. Not for two callers at once.</summary>
internal sealed class InstallationApi(GitHubCalls calls, GitHubAppInstallation app, TimeProvider clock)
{
    private long? _found;

    /// <summary>Returns a new token.</summary>
    /// <remarks>
    /// It is not narrowed to repositories, for such a token could not see one that is made after it. See
    /// https://docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app.
    /// </remarks>
    /// <exception cref="TokenUnavailableException">People have to do something first; it says what.</exception>
    public async Task<InstallationToken> MintAsync(CancellationToken cancellationToken)
    {
        try
        {
            var known = app.InstallationId ?? _found;
            if (known is { } id && await TryMintAsync(id, cancellationToken) is { } token)
            {
                return token;
            }

            if (app.InstallationId is { } configured)
            {
                throw Unavailable(
                    $"App {app.AppId} has no installation {configured}: correct its number, or leave it out to have it "
                    + "looked up");
            }

            // One that was found before is gone; whoever installs an App anew gets another number.
            _found = await FindAsync(cancellationToken);
            return await TryMintAsync(_found.Value, cancellationToken) ?? throw NotInstalled(null);
        }
        catch (GitHubUnauthorizedException error)
        {
            throw Unavailable(
                $"GitHub does not take the key in {app.PrivateKeyFile} for that of App {app.AppId}: compare the App's id, "
                + "and put a private key into the file that the App's settings list",
                error);
        }
        catch (GitHubException error) when (
            error is GitHubPermissionException or GitHubValidationException { StatusCode: not null })
        {
            throw Unavailable(
                $"GitHub gives App {app.AppId} no token for {app.Owner}: where the installation is suspended, an owner "
                + $"of {app.Owner} has to unsuspend it",
                error);
        }
    }

    private async Task<InstallationToken?> TryMintAsync(long id, CancellationToken cancellationToken)
    {
        GitHubNames.CheckId(id, "an installation");
        var call = new GitHubCallContext(Operations.CreateInstallationToken, $"make a token for App {app.AppId} in {app.Owner}")
        {
            Expected = [HttpStatusCode.NotFound],
        };
        return await calls.FindAsync(call, TokenAsync, cancellationToken);

        async Task<InstallationToken> TokenAsync(IGitHubClient client)
        {
            var made = await client.GitHubApps.CreateInstallationToken(id);
            var now = clock.GetUtcNow();
            return made is { Token.Length: > 0 }
                ? new InstallationToken(made.Token, now, made.ExpiresAt - (call.Answer!.Headers.Date ?? now))
                : throw new JsonException("There is no token in it.");
        }
    }

    private async Task<long> FindAsync(CancellationToken cancellationToken)
    {
        GitHubNames.CheckOwner(app.Owner);
        var asked = Lookup();
        var found = await calls.FindAsync(asked, client => client.GitHubApps.GetOrganizationInstallationForCurrent(app.Owner), cancellationToken);
        if (found is null)
        {
            asked = Lookup();
            found = await calls.FindAsync(asked, client => client.GitHubApps.GetUserInstallationForCurrent(app.Owner), cancellationToken);
        }

        return found is null ? throw NotInstalled(asked) : found.Id;
    }

    private GitHubCallContext Lookup() =>
        new(Operations.GetInstallation, $"show where App {app.AppId} is installed in {app.Owner}") { Expected = [HttpStatusCode.NotFound] };

    private TokenUnavailableException NotInstalled(GitHubCallContext? asked)
    {
        var words = asked is null ? "" : $" (GitHub said: {asked.Error.Text})";
        return Unavailable(
            $"App {app.AppId} is not installed in {app.Owner}{words}: have an owner of {app.Owner} install it, or "
            + "correct the App's id");
    }

    private static TokenUnavailableException Unavailable(string wayOut) =>
        new(new GitHubFailure { Message = $"{wayOut}." });

    private static TokenUnavailableException Unavailable(string wayOut, GitHubException error) =>
        new(error.Failure with { Message = $"{wayOut}. {error.Message}" }, error);
}
