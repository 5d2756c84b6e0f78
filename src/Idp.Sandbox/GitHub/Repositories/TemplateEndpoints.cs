using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>Makes repositories from templates. The answer comes first and the files later, as <see cref="Delay"/> says.</summary>
internal sealed class TemplateEndpoints(
    RepositoryStore store, RepositoryEndpoints repositories, RepositoryJson json, GitHubServerOptions options)
{
    private const string Documentation = "https://docs.github.com/rest/repos/repos#create-a-repository-using-a-template";

    /// <summary>How late the files come, in what is made from now on.</summary>
    public TemplateDelay Delay { get; set; } = options.TemplateDelay;

    public async Task<Reply> GenerateAsync(StoredRepository template, ApiCall call, CancellationToken cancellationToken)
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
        var made = await store.CreateAsync(state, (begun, token) => BeginAsync(begun, template, token), cancellationToken);
        return made is null
            ? Reply.Error(422, "Could not clone: Name already exists on this account", Documentation, "Could not clone: Name already exists on this account")
            : new Reply(201, json.Full(made.State, template.State)) { Location = json.Api(made.State) };
    }

    /// <summary>Lets the files come into a repository whose turn the caller has, if it is time.</summary>
    public async Task ArriveAsync(StoredRepository repository, CancellationToken cancellationToken)
    {
        if (repository.State.ToCome is not { } content)
        {
            return;
        }

        var now = options.Clock.GetUtcNow();
        var isTime = content.Requests <= 0 && now >= content.Due;
        if (isTime)
        {
            await FirstCommit.WriteAsync(repository, content.Tree, now, cancellationToken);
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

    private async Task BeginAsync(StoredRepository made, StoredRepository template, CancellationToken cancellationToken)
    {
        var branch = $"refs/heads/{template.State.DefaultBranch}";
        if ((await template.Git.RefsAsync(branch, cancellationToken)).Count == 0)
        {
            return;
        }

        var tree = await CopyAsync(template.Git, branch, made.Git, cancellationToken);
        var delay = Delay;
        made.State = made.State with { ToCome = new TemplateContent(tree, delay.Requests, options.Clock.GetUtcNow() + delay.Time) };
        if (delay == TemplateDelay.None)
        {
            await FirstCommit.WriteAsync(made, tree, options.Clock.GetUtcNow(), cancellationToken);
            made.State = made.State with { ToCome = null };
        }
    }

    private static async Task<string> CopyAsync(GitRepository from, string branch, GitRepository to, CancellationToken cancellationToken)
    {
        var files = (await from.ListTreeAsync(branch, recursive: true, cancellationToken)).Where(entry => entry.Type != "tree").ToList();
        var blobs = files.Where(entry => entry.Type == "blob").ToList();
        var contents = await from.ReadAsync([.. blobs.Select(entry => entry.Sha!)], cancellationToken);
        await to.WriteBlobsAsync([.. contents.Select(blob => blob!.Content)], cancellationToken);

        // Equal bytes have equal names, so the entries are those of the template.
        return await to.WriteTreeAsync(null, files, cancellationToken);
    }
}
