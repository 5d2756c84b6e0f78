using Idp.Sandbox.World;

namespace Idp.EndToEnd.Tests.OddObjects;

/// <summary>A world in which nobody pushes, so that Argo CD's stand-in need not ask thousands of repositories for news.</summary>
public sealed class OddPlatform : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("idp-odd-").FullName;

    /// <summary>The world.</summary>
    public Sandbox.World.Sandbox Sandbox { get; private set; } = null!;

    /// <summary>The operator.</summary>
    public OperatorProcess Operator { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var options = new SandboxOptions { Directory = _directory, PollInterval = TimeSpan.FromHours(1) };
        Sandbox = await Idp.Sandbox.World.Sandbox.StartAsync(options, patience.Token);
        Operator = await Sandbox.StartOperatorAsync(patience.Token);
    }

    public async Task DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
