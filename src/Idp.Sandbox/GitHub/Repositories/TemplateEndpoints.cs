using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>Makes repositories from templates. The answer comes first and the files later, as <see cref="Delay"/> says.</summary>
internal sealed class TemplateEndpoints(
    RepositoryStore store, RepositoryEndpoints repositories, RepositoryJson json, GitHubServerOptions options)
{
    private const string Documentation = "https://docs.github.com/rest/repos/repos#create-a-repository-using-a-template";

    /// <summary>How late the files come, in what is made from now on.</summary>
    public TemplateDelay Delay { get; set; } = options.TemplateDelay;

    public Reply Generate(StoredRepository template, ApiCall call)
    {
        if (!template.State.IsTemplate)
        {
            return Reply.NotFound(Documentation);
        }

        if (call.Json() is not { } body)
        {
            return Reply.Error(400, "Problems parsing JSON", Documentation);
        }

        var owner = options.Organisations.FirstOrDefault(
            name => string.Equals(name, body.Text("owner"), StringComparison.OrdinalIgnoreCase));
        if (owner is null)
        {
            return Reply.NotFound(Documentation);
        }

        if (body.Text("name") is not { Length: > 0 })
        {
            return Reply.Error(422, "Invalid request.\n\n\"name\" wasn't supplied.", Documentation);
        }

        var state = repositories.NewState(owner, Asked(body)) with
        {
            DefaultBranch = template.State.DefaultBranch,
            TemplateId = template.State.Id,
        };
        var made = store.Create(state, begun => Begin(begun, template));
        return made is null
            ? Reply.Error(422, "Could not clone: Name already exists on this account", Documentation, "Could not clone: Name already exists on this account")
            : new Reply(201, json.Full(made.State, template.State)) { Location = json.Api(made.State) };
    }

    /// <summary>Lets the files come into a repository whose turn the caller has, if it is time.</summary>
    public void Arrive(StoredRepository repository)
    {
        if (repository.State.ToCome is not { } content)
        {
            return;
        }

        var now = options.Clock.GetUtcNow();
        var isTime = content.Requests <= 0 && now >= content.Due;
        if (isTime)
        {
            FirstCommit.Write(repository, content.Tree, now);
        }

        store.Change(
            repository, repository.State with { ToCome = isTime ? null : content with { Requests = Math.Max(0, content.Requests - 1) } });
    }

    // GitHub takes only these; of who may see it, only this.
    private static JsonObject Asked(JsonObject body) => new()
    {
        ["name"] = body.Text("name"),
        ["description"] = body.Text("description"),
        ["private"] = body.Flag("private") ?? false,
    };

    private void Begin(StoredRepository made, StoredRepository template)
    {
        var branch = $"refs/heads/{template.State.DefaultBranch}";
        if (template.Git.Refs(branch).Count == 0)
        {
            return;
        }

        var tree = Copy(template.Git, branch, made.Git);
        var delay = Delay;
        made.State = made.State with { ToCome = new TemplateContent(tree, delay.Requests, options.Clock.GetUtcNow() + delay.Time) };
        if (delay == TemplateDelay.None)
        {
            FirstCommit.Write(made, tree, options.Clock.GetUtcNow());
            made.State = made.State with { ToCome = null };
        }
    }

    // Equal bytes have equal names, so the entries are those of the template.
    private static string Copy(GitRepository from, string branch, GitRepository to)
    {
        var files = from.ListTree(branch, recursive: true).Where(entry => entry.Type == "blob").ToList();
        to.Write(files.Select(file => ("blob", from.ReadRaw(file.Sha)!.Content)));
        return to.WriteTree(null, files);
    }
}
