using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Idp.Sandbox.GitHub;

/// <summary>Repositories as a whole: make, show, change, topics, delete.</summary>
internal sealed partial class RepositoryEndpoints(
    RepositoryStore store, RepositoryJson json, GitHubServerOptions options)
{
    private const string Documentation = "https://docs.github.com/rest/repos/repos#";
    private const string CreateDocumentation = $"{Documentation}create-an-organization-repository";
    private const string UpdateDocumentation = $"{Documentation}update-a-repository";

    public Reply Create(string organisation, ApiCall call)
    {
        var owner = options.Organisations.FirstOrDefault(
            name => string.Equals(name, organisation, StringComparison.OrdinalIgnoreCase));
        if (owner is null)
        {
            return Reply.NotFound(CreateDocumentation);
        }

        if (call.Json() is not { } body)
        {
            return Reply.Error(400, "Problems parsing JSON", CreateDocumentation);
        }

        if (Refusal(body) is { } refusal)
        {
            return refusal;
        }

        var state = NewState(owner, body) with { Creator = call.Member };
        Action<StoredRepository> begin = body.Flag("auto_init") is true ? made => FirstCommit.Write(made, state.CreatedAt) : _ => { };
        if (store.Create(state, begin) is not { } repository)
        {
            return Reply.Error(
                422,
                "Repository creation failed.",
                CreateDocumentation,
                Reply.Mistake("Repository", "name", "custom", "name already exists on this account"));
        }

        return new Reply(201, json.Full(repository.State)) { Location = json.Api(repository.State) };
    }

    public Reply Show(StoredRepository repository) =>
        new(200, json.Full(repository.State, repository.State.TemplateId is { } id ? store.Find(id)?.State : null));

    public Reply Update(StoredRepository repository, ApiCall call)
    {
        if (call.Json() is not { } body)
        {
            return Reply.Error(400, "Problems parsing JSON", UpdateDocumentation);
        }

        var state = repository.State;
        if (Visibility(body) is { } visibility && visibility == state.Visibility && body.ContainsKey("visibility"))
        {
            return Reply.Error(422, $"Visibility is already {visibility}.", UpdateDocumentation);
        }

        if (BranchRefusal(repository, body) is { } refusal)
        {
            return refusal;
        }

        var changed = Changed(state, body) with { UpdatedAt = options.Clock.GetUtcNow() };
        return store.Change(repository, changed)
            ? Show(repository)
            : Reply.Error(
                422,
                "Validation Failed",
                UpdateDocumentation,
                Reply.Mistake("Repository", "name", "custom", "name already exists on this account"));
    }

    public static Reply ShowTopics(StoredRepository repository) => new(200, Topics(repository.State));

    public Reply ReplaceTopics(StoredRepository repository, ApiCall call)
    {
        const string documentation = $"{Documentation}replace-all-repository-topics";
        if (call.Json()?["names"] is not JsonArray names)
        {
            return Reply.Error(422, "Invalid request.\n\n\"names\" wasn't supplied.", documentation);
        }

        var topics = names.Select(name => name?.ToString().ToLowerInvariant() ?? "").Distinct().ToList();
        if (topics.Count > 20 || topics.Any(topic => !TopicName().IsMatch(topic)))
        {
            // Here GitHub lists bare texts.
            return Reply.Error(
                422,
                "Validation Failed",
                documentation,
                "Topics must start with a lowercase letter or number, consist of 50 characters or less, "
                + "and can include hyphens.");
        }

        store.Change(repository, repository.State with { Topics = topics, UpdatedAt = options.Clock.GetUtcNow() });
        return ShowTopics(repository);
    }

    public Reply Delete(StoredRepository repository)
    {
        store.Delete(repository);
        return new Reply(204, null);
    }

    private static JsonObject Topics(RepositoryState state) =>
        new() { ["names"] = new JsonArray([.. state.Topics.Select(topic => (JsonNode)topic)]) };

    private static Reply? Refusal(JsonObject body)
    {
        var mistake = body.Text("name") switch
        {
            null or "" => Reply.Mistake("Repository", "name", "missing_field"),
            { Length: > 100 } =>
                Reply.Mistake("Repository", "name", "custom", "name is too long (maximum is 100 characters)"),
            "." or ".." => Reply.Mistake("Repository", "name", "custom", "name is reserved"),
            _ when Visibility(body) is not (null or "public" or "private" or "internal") =>
                Reply.Mistake("Repository", "visibility", "invalid"),
            _ => null,
        };
        return mistake is null ? null : Reply.Error(422, "Repository creation failed.", CreateDocumentation, mistake);
    }

    /// <summary>A repository as the body asks for, made now.</summary>
    public RepositoryState NewState(string owner, JsonObject body)
    {
        var now = options.Clock.GetUtcNow();
        var start = new RepositoryState
        {
            Id = 0,
            Owner = owner,
            Name = "",
            DefaultBranch = options.DefaultBranch,
            CreatedAt = now,
            UpdatedAt = now,
            PushedAt = now,
        };
        return Changed(start, body) with { Visibility = Visibility(body) ?? "public" };
    }

    private static RepositoryState Changed(RepositoryState state, JsonObject body) => state with
    {
        // GitHub makes hyphens of whatever it does not allow in a name.
        Name = body.Text("name") is { Length: > 0 } name ? ForbiddenInName().Replace(name, "-") : state.Name,
        Description = body.ContainsKey("description") ? body.Text("description") : state.Description,
        Homepage = body.ContainsKey("homepage") ? body.Text("homepage") : state.Homepage,
        Visibility = Visibility(body) ?? state.Visibility,
        DefaultBranch = body.Text("default_branch") ?? state.DefaultBranch,
        Archived = body.Flag("archived") ?? state.Archived,
        IsTemplate = body.Flag("is_template") ?? state.IsTemplate,
        Switches = state.Switches.ToDictionary(pair => pair.Key, pair => body.Flag(pair.Key) ?? pair.Value),
    };

    private static Reply? BranchRefusal(StoredRepository repository, JsonObject body)
    {
        if (body.Text("default_branch") is not { } branch || branch == repository.State.DefaultBranch)
        {
            return null;
        }

        var branches = repository.Git.Refs("refs/heads");
        if (branches.Count == 0)
        {
            return BadBranch(
                "Cannot update default branch for an empty repository. Please init the repository and push first.");
        }

        if (branches.All(known => known.Name != $"refs/heads/{branch}"))
        {
            return BadBranch(
                $"The branch {branch} was not found. Please push that ref first or create it via the Git Data API.");
        }

        repository.Git.SetHead(branch);
        return null;
    }

    private static Reply BadBranch(string why) => Reply.Error(
        422, "Validation Failed", UpdateDocumentation, Reply.Mistake("Repository", "default_branch", "invalid", why));

    private static string? Visibility(JsonObject body) => body.Text("visibility") ?? body.Flag("private") switch
    {
        true => "private",
        false => "public",
        null => null,
    };

    [GeneratedRegex("[^A-Za-z0-9._-]", RegexOptions.CultureInvariant)]
    private static partial Regex ForbiddenInName();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,49}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TopicName();
}
