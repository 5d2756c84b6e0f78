using Idp.GitHub;
using Idp.Operator.GoldenPaths;
using Idp.Operator.GoldenPaths.Sources;
using Idp.Operator.Observability;
using Idp.Operator.Repositories;
using Idp.Operator.Settings;
using Microsoft.Extensions.Logging;

namespace Idp.Operator.Tests.GoldenPaths.Sources;

/// <summary>What of the operator reads golden paths and fetches them, as it starts with a platform.yaml.</summary>
internal sealed class SourceUnderTest : IDisposable
{
    private readonly OperatorMetrics _metrics = new("Test.GitSource");
    private readonly PlatformSettingsSource _settings;
    private readonly GitHubAccess _access;
    private readonly GitSourceFetcher _fetcher;

    /// <summary>Starts with one source.</summary>
    /// <param name="server">Where the repository is.</param>
    /// <param name="git">What else the source says.</param>
    public SourceUnderTest(TemplateServer server, string git = "")
    {
        var rest = git.Length == 0 ? "" : $", {git}";
        File.WriteAllText(server.Settings, $"""
            github:
              owner: acme
              tokenFile: "{server.TokenPath}"
              apiUrl: "{new Uri(server.Url).GetLeftPart(UriPartial.Authority)}/"
            ingress:
              domain: acme.dev
            goldenPaths:
              cacheDirectory: "{server.Cache}"
              sources:
                - git: {"{"}url: "{server.Url}"{rest}{"}"}
            """);
        var settings = PlatformSettingsSource.Start(server.Settings, Clock, _metrics, Log.CreateLogger<PlatformSettingsSource>());
        settings.ErrorText.Should().BeEmpty();
        _settings = settings.Value!;
        var paths = GoldenPathSource.Start(_settings, Clock, Log.CreateLogger<GoldenPathSource>());
        paths.ErrorText.Should().BeEmpty();
        Paths = paths.Value!;
        _access = new GitHubAccess(_settings, _metrics, Clock, GitHubHttp.CreateClient(), "idp-test");
        _fetcher = new GitSourceFetcher(_settings, Paths, new GitSourceTools(server.Source, _access, _metrics, Clock), Log.CreateLogger<GitSourceFetcher>());
    }

    public ManualTime Clock { get; } = new();

    public Lines Log { get; } = new();

    public GoldenPathSource Paths { get; }

    public GoldenPathCatalog Catalog => Paths.Current;

    /// <summary>The names and versions that do not come with the operator.</summary>
    public IEnumerable<string> Offered => Catalog.Names.Where(name => name is not ("python-fastapi" or "node-express" or "dotnet-webapi"))
        .SelectMany(name => Catalog.VersionsOf(name).Select(version => $"{name} {version}"));

    /// <summary>Asks the server, an hour later.</summary>
    public async Task FetchAsync()
    {
        Clock.Advance(TimeSpan.FromHours(1));
        await _fetcher.FetchDueAsync(CancellationToken.None);
    }

    /// <summary>Asks the server if its time has come.</summary>
    public Task FetchIfDueAsync() => _fetcher.FetchDueAsync(CancellationToken.None);

    public void Dispose()
    {
        _fetcher.Dispose();
        Paths.Dispose();
        _settings.Dispose();
        _access.Dispose();
        _metrics.Dispose();
        Log.Dispose();
    }

    /// <summary>What was logged.</summary>
    internal sealed class Lines : ILoggerFactory, ILogger
    {
        public List<string> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public ILogger<T> CreateLogger<T>() => new Logger<T>(this);

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add($"{logLevel}: {formatter(state, exception)}{exception}");

        public void Dispose()
        {
        }
    }
}
