using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Service.Tests;

/// <summary>The real service on a free port of this machine, until the test is over.</summary>
public sealed class RunningService : WebApplicationFactory<Program>
{
    private readonly Dictionary<string, string> _settings;
    private readonly StopGate _gate = new();
    {{? database }}private readonly FakeDatabase _database = new();

    public RunningService(params (string Name, string Value)[] settings)
    {
        _settings = settings.ToDictionary(setting => setting.Name, setting => setting.Value);
        {{? database }}_settings.TryAdd("DATABASE_URL", "postgresql://user:secret@db:5432/pay");
        UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        // A client of our own: the factory's reads a request's body before it sends the request.
        using var factorys = CreateClient();
        Client = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = Timeout.InfiniteTimeSpan })
        {
            BaseAddress = factorys.BaseAddress,
        };
    }

    public HttpClient Client { get; }

    internal MemoryLog Log { get; } = new();
{{? database }}
    {{? database }}internal FakeDatabase Database => _database;

    internal IHostApplicationLifetime Lifetime => Services.GetRequiredService<IHostApplicationLifetime>();

    /// <summary>Holds it where it has been asked to stop and its delay has not passed.</summary>
    public void HoldStop() => _gate.Opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void LetStop() => _gate.Opened.TrySetResult();

    /// <summary>Stops it, and waits until it has.</summary>
    public Task StopAsync() => Services.GetRequiredService<IHost>().StopAsync(TestContext.Current.CancellationToken);

    protected override void Dispose(bool disposing)
    {
        LetStop();
        Client.Dispose();
        base.Dispose(disposing);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environments.Production);
        foreach (var (name, value) in _settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Log));
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<IHostedService>(_gate);
            {{? database }}services.AddSingleton<IDatabase>(_database);
        });
    }
}

/// <summary>Stands in the way of a stop, at the place of the service's own delay.</summary>
internal sealed class StopGate : IHostedLifecycleService
{
    public StopGate() => Opened.SetResult();

    public TaskCompletionSource Opened { get; set; } = new();

    public Task StoppingAsync(CancellationToken cancellationToken) => Opened.Task;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Keeps the log.</summary>
internal sealed class MemoryLog : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(LogLevel Level, string Message, Exception? Error)> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((logLevel, formatter(state, exception), exception));

    public void Dispose()
    {
    }
}
