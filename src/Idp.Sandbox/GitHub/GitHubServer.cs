using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Idp.Sandbox.GitHub;

/// <summary>
/// GitHub contract server (stand-in): the part of GitHub's REST API that provisioning a repository takes, and Git over
/// HTTP, both over the same bare repositories on disk.
/// </summary>
/// <remarks>
/// Guarantees: status codes and bodies follow GitHub's description of its API; every answer comes from what is in the
/// Git repository; requests for one repository take turns; state survives a restart on the same folder.
/// It listens on the loopback address only. See <see href="https://docs.github.com/en/rest"/>.
/// </remarks>
public sealed class GitHubServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly GitHubServerServices _services;

    private GitHubServer(WebApplication application, GitHubServerServices services)
    {
        _application = application;
        _services = services;
    }

    /// <summary>The root of the REST API; ends with a slash.</summary>
    public Uri BaseAddress => _services.BaseAddress;

    /// <summary>What was asked of the server so far.</summary>
    public GitHubRequestLog Requests => _services.Log;

    /// <summary>Requests that came although an earlier answer had said to wait; 0 without <see cref="GitHubServerOptions.Limits"/>.</summary>
    public int RequestsWhileLimited => _services.Limiter.WhileLimited;

    /// <summary>Where the App of <see cref="GitHubServerOptions.App"/> is installed, and its tokens.</summary>
    /// <exception cref="InvalidOperationException">The server was started without an App.</exception>
    public GitHubInstallations Installations =>
        _services.Installations ?? throw new InvalidOperationException("This server knows no App.");

    /// <summary>The number of requests that faults have still to strike.</summary>
    public int FaultsToCome => _services.Faults.Remaining;

    /// <summary>
    /// Hears the full name, such as <c>acme/orders</c>, of each repository that a push or another writing request was for, once that was answered:
    /// what GitHub tells by webhook.
    /// </summary>
    public event Action<string> RepositoryTouched
    {
        add => _services.RepositoryTouched += value;
        remove => _services.RepositoryTouched -= value;
    }

    /// <summary>Hears what happens to pull requests, as GitHub's webhook <c>pull_request</c> tells it.</summary>
    public event Action<GitHubPullRequestEvent> PullRequestHappened
    {
        add => _services.Keeper.Happened += value;
        remove => _services.Keeper.Happened -= value;
    }

    /// <summary>What people do in the repositories, from their own machines and on GitHub's pages.</summary>
    public GitHubPeople People => _services.People;

    /// <summary>Starts a server on the loopback address; it answers when the task is done.</summary>
    /// <remarks>Assumptions: <c>git</c> is on the path.</remarks>
    public static async Task<GitHubServer> StartAsync(GitHubServerOptions options, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.DataDirectory);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 100 * 1024 * 1024;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var application = builder.Build();

        // The port is known only after the start, and the parts want the address: so the first requests wait for them.
        var ready = new TaskCompletionSource<RequestPipeline>(TaskCreationOptions.RunContinuationsAsynchronously);
        application.Run(async context => await (await ready.Task).HandleAsync(context));
        try
        {
            await application.StartAsync(cancellationToken);
            var services = Assemble(application, options);
            ready.SetResult(new RequestPipeline(services));
            return new GitHubServer(application, services);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>The address for <c>git clone</c>.</summary>
    public Uri CloneUrl(string owner, string name) => new(BaseAddress, $"{owner}/{name}.git");

    /// <summary>Puts a mishap behind those that are still to come.</summary>
    public void Add(GitHubFault fault) => fault.AddTo(_services.Faults);

    /// <summary>Forgets all mishaps that are still to come.</summary>
    public void ClearFaults() => _services.Faults.Clear();

    /// <summary>From now on the token lacks these permissions and no others, as <see cref="GitHubServerOptions.MissingPermissions"/> has it.</summary>
    public void LackPermissions(params IReadOnlyList<string> missing) => _services.Permissions.Set(missing);

    /// <summary>From now on what is made from a template gets its files so late, as <see cref="GitHubServerOptions.TemplateDelay"/> has it.</summary>
    public void DelayTemplates(TemplateDelay delay) => _services.Templates.Delay = delay;

    /// <summary>Stops the server; the files stay.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
        _services.Log.Dispose();
    }

    private static GitHubServerServices Assemble(WebApplication application, GitHubServerOptions options)
    {
        var features = application.Services.GetRequiredService<IServer>().Features;
        var address = features.Get<IServerAddressesFeature>()?.Addresses.First()
            ?? throw new InvalidOperationException("The server has no address.");
        var log = new GitHubRequestLog(Path.Combine(options.DataDirectory, "requests.log"), options.Clock);
        return new GitHubServerServices(options, new Uri(address + "/"), log);
    }
}
