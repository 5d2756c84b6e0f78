namespace Idp.GitHub;

/// <summary>
/// A token kept in a file, such as a mounted Kubernetes Secret; a rotated token is used at the next request.
/// </summary>
/// <remarks>
/// The file is read for every request. That takes microseconds beside a call to GitHub, and unlike a look at the time
/// of the last change it cannot miss the way Kubernetes swaps a mounted Secret: by symbolic link.
/// </remarks>
/// <param name="path">The file that holds the token and nothing else; blanks around it are cut off.</param>
public sealed class TokenFile(string path) : ITokenSource
{
    /// <inheritdoc/>
    public ValueTask<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var token = Read().Trim();
        if (token.Length == 0)
        {
            throw new TokenUnavailableException($"The token file {path} is empty.");
        }

        if (token.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new TokenUnavailableException($"The token file {path} holds more than one token on one line.");
        }

        return ValueTask.FromResult(token);
    }

    /// <summary>Returns the path of the file; never the token.</summary>
    public override string ToString() => $"token file {path}";

    // A mounted Secret lies in memory: an asynchronous read would only cost a change of threads.
    private string Read()
    {
        try
        {
            return SmallFile.ReadText(path)
                ?? throw new TokenUnavailableException($"The token file {path} is larger than any token is.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TokenUnavailableException($"The token file {path} cannot be read.", error);
        }
    }
}
