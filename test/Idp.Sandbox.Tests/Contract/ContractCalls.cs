using System.Net;
using Idp.GitHub;

namespace Idp.Sandbox.Tests.Contract;

/// <summary>Every call that is compared with GitHub's description: add a line for a new one, or a list of a file of its own.</summary>
/// <remarks>Each works on a repository of its own. Renamed repositories are left out: the proxy follows redirects by itself.</remarks>
internal static class ContractCalls
{
    public static IReadOnlyList<ContractCall> All { get; } =
    [
        .. Repositories(),
        .. TemplateCalls.All,
        .. Changes(),
        .. Refusals(),
        .. FileCalls.All,
        .. Apps(),
        .. AdministrationCalls.All,
        .. PullRequestCalls.All,
    ];

    private static IEnumerable<ContractCall> Repositories() =>
    [
        new("create-plain", async session => (await session.CreateAsync("create-plain")).Name.Should().Be("create-plain")),
        new("create-with-everything", async session =>
        {
            var request = new NewRepository
            {
                Name = "create-with-everything",
                Description = "Payments",
                Homepage = "https://acme.dev",
                Visibility = RepositoryVisibility.Public,
                DeleteBranchOnMerge = true,
                HasIssues = false,
                HasProjects = false,
                HasWiki = false,
            };
            (await session.Client.CreateRepositoryAsync("acme", request, default)).Homepage.Should().Be("https://acme.dev");
        }),
        new("show", async session =>
        {
            var made = await session.CreateAsync("show");
            (await session.Client.FindRepositoryAsync("acme", "show", default))!.Id.Should().Be(made.Id);
            (await session.Client.FindRepositoryAsync(made.Id, default))!.Name.Should().Be("show");
        }),
        new("show-unchanged", async session =>
        {
            await session.CreateAsync("show-unchanged");
            var known = await session.Client.FindRepositoryAsync("acme", "show-unchanged", default);
            (await session.Client.RefreshRepositoryAsync(known!, default)).Should().BeSameAs(known);
        }),
        new("show-absent", async session =>
        {
            (await session.Client.FindRepositoryAsync("acme", "show-absent", default)).Should().BeNull();
            (await session.Client.FindRepositoryAsync(999_999, default)).Should().BeNull();
        }),
        new("delete", async session =>
        {
            var made = await session.CreateAsync("delete");
            await session.Client.DeleteRepositoryAsync(made.Id, default);
            await session.Client.DeleteRepositoryAsync(made.Id, default);
            (await session.Client.FindRepositoryAsync(made.Id, default)).Should().BeNull();
        }),
    ];

    private static IEnumerable<ContractCall> Changes() =>
    [
        new("change", async session =>
        {
            var made = await session.CreateAsync("change");
            var settings = new RepositorySettings
            {
                Description = "Other",
                Homepage = "",
                Visibility = RepositoryVisibility.Public,
                Switches = new RepositorySwitches
                {
                    ["delete_branch_on_merge"] = true,
                    ["has_issues"] = false,
                    ["has_projects"] = false,
                    ["has_wiki"] = false,
                },
            };
            (await session.Client.UpdateRepositoryAsync(made.Id, settings, default)).Visibility.Should().Be(RepositoryVisibility.Public);
        }),
        new("change-to-what-is", async session =>
        {
            var made = await session.CreateAsync("change-to-what-is");
            var settings = new RepositorySettings { Visibility = RepositoryVisibility.Private };
            (await session.Client.UpdateRepositoryAsync(made.Id, settings, default)).Id.Should().Be(made.Id);
        }),
        new("topics", async session =>
        {
            var made = await session.CreateAsync("topics");
            await session.Client.ReplaceTopicsAsync(made, ["idp", "Team-Payments"], default);
            await session.Client.ReplaceTopicsAsync(made, [], default);
            (await session.Client.FindRepositoryAsync(made.Id, default))!.Topics.Should().BeEmpty();
        }),
        new("archive", async session =>
        {
            var made = await session.CreateAsync("archive");
            await session.Client.ArchiveRepositoryAsync(made.Id, default);
            await session.Client.ArchiveRepositoryAsync(made.Id, default);
            (await session.Client.FindRepositoryAsync(made.Id, default))!.Archived.Should().BeTrue();
        }),
        new("unarchive", async session =>
        {
            var made = await session.CreateAsync("unarchive");
            await session.Client.ArchiveRepositoryAsync(made.Id, default);
            var shown = await session.Client.UpdateRepositoryAsync(made.Id, new RepositorySettings { Archived = false }, default);
            shown.Archived.Should().BeFalse();
        }),
    ];

    private static IEnumerable<ContractCall> Apps() =>
    [
        new("app-token", async session => (await session.AsApp("acme").FindRepositoryAsync("acme", "app-token", default)).Should().BeNull()),
        new("app-not-installed", async session =>
        {
            var find = () => session.AsApp("elsewhere").FindRepositoryAsync("elsewhere", "app-not-installed", default);
            await find.Should().ThrowAsync<TokenUnavailableException>();
        }),
    ];

    private static IEnumerable<ContractCall> Refusals() =>
    [
        new("create-taken", async session =>
        {
            await session.CreateAsync("create-taken");
            await Refusal.OfAsync<NameTakenException>(session.CreateAsync("create-taken"), HttpStatusCode.UnprocessableEntity);
        }),
        new("create-nowhere", session => Refusal.OfAsync<OrganisationNotFoundException>(
            session.Client.CreateRepositoryAsync("nowhere", new NewRepository { Name = "app" }, default), HttpStatusCode.NotFound)),
        new("change-absent", session => Refusal.OfAsync<GitHubNotFoundException>(
            session.Client.UpdateRepositoryAsync(999_999, new RepositorySettings { Description = "x" }, default), HttpStatusCode.NotFound)),
        new("change-default-branch", async session =>
        {
            var made = await session.CreateAsync("change-default-branch");
            await Refusal.OfAsync<GitHubValidationException>(
                session.Client.UpdateRepositoryAsync(made.Id, new RepositorySettings { DefaultBranch = "no" }, default),
                HttpStatusCode.UnprocessableEntity);
        }),
        new("topics-invalid", async session =>
        {
            var made = await session.CreateAsync("topics-invalid");
            await Refusal.OfAsync<GitHubValidationException>(
                session.Client.ReplaceTopicsAsync(made, ["no spaces"], default), HttpStatusCode.UnprocessableEntity);
        }),
        new("topics-absent", async session =>
        {
            var made = await session.CreateAsync("topics-absent");
            await session.Client.DeleteRepositoryAsync(made.Id, default);
            await Refusal.OfAsync<GitHubNotFoundException>(session.Client.ReplaceTopicsAsync(made, ["idp"], default), HttpStatusCode.NotFound);
        }),
        new("change-archived", async session =>
        {
            var made = await session.CreateAsync("change-archived");
            await session.Client.ArchiveRepositoryAsync(made.Id, default);
            await Refusal.OfAsync<RepositoryArchivedException>(
                session.Client.UpdateRepositoryAsync(made.Id, new RepositorySettings { Description = "x" }, default),
                HttpStatusCode.Forbidden);
            await Refusal.OfAsync<RepositoryArchivedException>(
                session.Client.CommitScaffoldAsync(made, FileCalls.Scaffold, default), HttpStatusCode.Forbidden);
        }),
    ];
}
