using System.Net;
using System.Text.Json;

namespace Idp.GitHub;

/// <summary>The variables that all workflows of a repository can read; nothing in them is secret.</summary>
/// <remarks>See <see href="https://docs.github.com/en/rest/actions/variables"/>.</remarks>
public sealed class ActionsVariables
{
    /// <summary>GitHub gives no more than this at once, whatever is asked for.</summary>
    private const int PageSize = 30;

    private readonly GitHubCalls _calls;

    internal ActionsVariables(GitHubCalls calls) => _calls = calls;

    /// <summary>Returns all variables; GitHub keeps their names in upper case.</summary>
    /// <remarks>
    /// One request for each thirty. See <see href="https://docs.github.com/en/rest/actions/variables#list-repository-variables"/>.
    /// </remarks>
    public async Task<IReadOnlyDictionary<string, string>> ListAsync(Repository repository, CancellationToken cancellationToken)
    {
        GitHubNames.Check(repository);
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var page = 1; ; page++)
        {
            // Octokit reads the first ten and no more.
            var call = new GitHubCallContext(AdministrationOperations.ListVariables, $"list the variables of {repository.FullName}");
            var part = await _calls.RunAsync(call, client => client.GetPage<VariablePage>(AddressOf(repository), PageSize, page), cancellationToken);
            foreach (var variable in part.Variables)
            {
                found[variable.Name] = variable.Value;
            }

            if (part.Variables.Count < PageSize)
            {
                return found;
            }
        }
    }

    /// <summary>Makes a variable; one that is there already gets the value.</summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/actions/variables#create-a-repository-variable"/>.</remarks>
    public async Task CreateAsync(Repository repository, string name, string value, CancellationToken cancellationToken)
    {
        GitHubNames.Check(repository);
        GitHubNames.CheckVariable(name);
        var call = new GitHubCallContext(AdministrationOperations.CreateVariable, $"make the variable {name} of {repository.FullName}")
        {
            Expected = [HttpStatusCode.Conflict],
        };

        // Octokit reads every variable again that it has written.
        var body = new VariableBody(name, value);
        if (!await _calls.TryAsync(call, client => client.Post<JsonElement>(AddressOf(repository), body), cancellationToken))
        {
            await UpdateAsync(repository, name, value, cancellationToken);
        }
    }

    /// <summary>Gives a variable that is there another value.</summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/actions/variables#update-a-repository-variable"/>.</remarks>
    /// <exception cref="GitHubNotFoundException">There is no such variable.</exception>
    public Task UpdateAsync(Repository repository, string name, string value, CancellationToken cancellationToken)
    {
        GitHubNames.Check(repository);
        GitHubNames.CheckVariable(name);
        var call = new GitHubCallContext(AdministrationOperations.UpdateVariable, $"set the variable {name} of {repository.FullName}");
        var address = Octokit.ApiUrls.RepositoryVariable(repository.Owner, repository.Name, name);
        return _calls.TryAsync(call, client => client.Connection.Patch(address, new VariableBody(name, value)), cancellationToken);
    }

    private static Uri AddressOf(Repository repository) => Octokit.ApiUrls.RepositoryVariables(repository.Owner, repository.Name);
}

/// <summary>Some of the variables.</summary>
internal sealed record VariablePage(List<VariableBody> Variables);

/// <summary>A variable.</summary>
internal sealed record VariableBody(string Name, string Value);
