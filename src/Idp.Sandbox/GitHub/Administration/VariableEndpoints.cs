using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Idp.Sandbox.GitHub;

/// <summary>The variables of workflows.</summary>
internal sealed partial class VariableEndpoints(RepositoryStore store, TimeProvider clock)
{
    private const string Documentation = "https://docs.github.com/rest/actions/variables#";
    private const int MaxPage = 30;

    public static Reply List(StoredRepository repository, ApiCall call)
    {
        var all = repository.State.Administration.Variables;
        return new Reply(200, new JsonObject
        {
            ["total_count"] = all.Count,
            ["variables"] = new JsonArray([.. Paging.Cut(all, call, usual: 10, most: MaxPage).Select(Json)]),
        });
    }

    public static Reply Show(StoredRepository repository, string name) => Find(repository, name) is { } variable
        ? new Reply(200, Json(variable))
        : Reply.NotFound($"{Documentation}get-a-repository-variable");

    public Reply Create(StoredRepository repository, ApiCall call)
    {
        const string documentation = $"{Documentation}create-a-repository-variable";
        var body = call.Json();
        if (body?.Text("name") is not { } name || body.Text("value") is not { } value)
        {
            return Reply.Error(422, "Invalid request.\n\n\"name\" and \"value\" are needed.", documentation);
        }

        if (!Name().IsMatch(name))
        {
            return Reply.Error(
                422,
                "Validation Failed",
                documentation,
                "Variable names can only contain alphanumeric characters ([a-z], [A-Z], [0-9]) or underscores (_). "
                + "Spaces are not allowed. Must start with a letter ([a-z], [A-Z]) or underscores (_).");
        }

        if (Find(repository, name) is not null)
        {
            return Reply.Error(409, "Already exists - Variable already exists", documentation);
        }

        var now = clock.GetUtcNow();
        Change(repository, [.. repository.State.Administration.Variables, new StoredVariable(name.ToUpperInvariant(), value, now, now)]);
        return new Reply(201, new JsonObject());
    }

    public Reply Update(StoredRepository repository, string name, ApiCall call)
    {
        if (Find(repository, name) is not { } variable)
        {
            return Reply.NotFound($"{Documentation}update-a-repository-variable");
        }

        var changed = variable with
        {
            Name = call.Json()?.Text("name")?.ToUpperInvariant() ?? variable.Name,
            Value = call.Json()?.Text("value") ?? variable.Value,
            UpdatedAt = clock.GetUtcNow(),
        };
        Change(repository, [.. repository.State.Administration.Variables.Select(each => each == variable ? changed : each)]);
        return new Reply(204, null);
    }

    public Reply Delete(StoredRepository repository, string name)
    {
        if (Find(repository, name) is not { } variable)
        {
            return Reply.NotFound($"{Documentation}delete-a-repository-variable");
        }

        Change(repository, [.. repository.State.Administration.Variables.Where(each => each != variable)]);
        return new Reply(204, null);
    }

    private static StoredVariable? Find(StoredRepository repository, string name) =>
        repository.State.Administration.Variables.FirstOrDefault(
            each => string.Equals(each.Name, name, StringComparison.OrdinalIgnoreCase));

    private static JsonObject Json(StoredVariable variable) => new()
    {
        ["name"] = variable.Name,
        ["value"] = variable.Value,
        ["created_at"] = RepositoryJson.Date(variable.CreatedAt),
        ["updated_at"] = RepositoryJson.Date(variable.UpdatedAt),
    };

    private void Change(StoredRepository repository, IReadOnlyList<StoredVariable> variables) => store.Change(
        repository,
        repository.State with { Administration = repository.State.Administration with { Variables = variables } });

    [GeneratedRegex(@"\A(?!(?i)GITHUB_)[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
