using System.Net;

namespace Idp.GitHub;

/// <summary>The variables that all workflows of a repository can read; nothing in them is secret.</summary>
/// <remarks>See <see href="https://docs.github.com/en/rest/actions/variables"/>.</remarks>
public sealed class ActionsVariables
{
    /// <summary>GitHub gives no more than this at once, whatever is asked for.</summary>
    private const int PageSize = 30;

    private readonly GitHubTransport _transport;

    internal ActionsVariables(GitHubTransport transport) => _transport = transport;

    /// <summary>Returns all variables; GitHub keeps their names in upper case.</summary>
    /// <remarks>
    /// One request for each thirty. See <see href="https://docs.github.com/en/rest/actions/variables#list-repository-variables"/>.
    /// </remarks>
    public async Task<IReadOnlyDictionary<string, string>> ListAsync(Repository repository, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var page = 1; ; page++)
        {
            var request = new GitHubRequest(
                AdministrationOperations.ListVariables,
                HttpMethod.Get,
                AdministrationPath.Page(repository, "actions/variables", PageSize, page),
                $"list the variables of {repository.FullName}");
            var part = await _transport.SendAsync(request, AdministrationJson.Default.VariablePage, cancellationToken);
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
        AdministrationPath.CheckVariable(name);
        var request = new GitHubRequest(
            AdministrationOperations.CreateVariable,
            HttpMethod.Post,
            AdministrationPath.Below(repository, "actions/variables"),
            $"make the variable {name} of {repository.FullName}")
        {
            Expected = [HttpStatusCode.Conflict],
        };
        var body = request.With(new VariableBody(name, value), AdministrationJson.Default.VariableBody);
        if (!(await _transport.SendAsync(body, cancellationToken)).IsSuccess)
        {
            await UpdateAsync(repository, name, value, cancellationToken);
        }
    }

    /// <summary>Gives a variable that is there another value.</summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/actions/variables#update-a-repository-variable"/>.</remarks>
    /// <exception cref="GitHubNotFoundException">There is no such variable.</exception>
    public async Task UpdateAsync(Repository repository, string name, string value, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            AdministrationOperations.UpdateVariable,
            HttpMethod.Patch,
            AdministrationPath.Variable(repository, name),
            $"set the variable {name} of {repository.FullName}")
            .With(new VariableBody(name, value), AdministrationJson.Default.VariableBody);
        await _transport.SendAsync(request, cancellationToken);
    }
}
