using System.Net;

namespace Idp.GitHub;

/// <summary>Asks GitHub, as the App, for the tokens of one installation. Not for two callers at once.</summary>
internal sealed class InstallationApi(GitHubTransport transport, GitHubAppInstallation app, TimeProvider clock)
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
        var request = new GitHubRequest(
            Operations.CreateInstallationToken,
            HttpMethod.Post,
            GitHubPath.InstallationTokens(id),
            $"make a token for App {app.AppId} in {app.Owner}")
        {
            Expected = [HttpStatusCode.NotFound],
        };
        var answer = await transport.SendAsync(request, cancellationToken);
        if (!answer.IsSuccess)
        {
            return null;
        }

        var body = answer.Read(request, GitHubJson.Default.InstallationTokenBody);
        var now = clock.GetUtcNow();
        return new InstallationToken(body.Token, now, body.ExpiresAt - (answer.Headers.Date ?? now));
    }

    private async Task<long> FindAsync(CancellationToken cancellationToken)
    {
        var asked = Lookup(GitHubPath.OrganisationInstallation(app.Owner));
        var answer = await transport.SendAsync(asked, cancellationToken);
        if (!answer.IsSuccess)
        {
            asked = Lookup(GitHubPath.UserInstallation(app.Owner));
            answer = await transport.SendAsync(asked, cancellationToken);
        }

        return answer.IsSuccess
            ? answer.Read(asked, GitHubJson.Default.InstallationBody).Id
            : throw NotInstalled(answer);
    }

    private GitHubRequest Lookup(string path) =>
        new(Operations.GetInstallation, HttpMethod.Get, path, $"show where App {app.AppId} is installed in {app.Owner}")
        {
            Expected = [HttpStatusCode.NotFound],
        };

    private TokenUnavailableException NotInstalled(GitHubAnswer? answer)
    {
        var words = answer is null ? "" : $" (GitHub said: {ErrorBody.Parse(answer.Body, "").Text})";
        return Unavailable(
            $"App {app.AppId} is not installed in {app.Owner}{words}: have an owner of {app.Owner} install it, or "
            + "correct the App's id");
    }

    private static TokenUnavailableException Unavailable(string wayOut) =>
        new(new GitHubFailure { Message = $"{wayOut}." });

    private static TokenUnavailableException Unavailable(string wayOut, GitHubException error) =>
        new(error.Failure with { Message = $"{wayOut}. {error.Message}" }, error);
}
