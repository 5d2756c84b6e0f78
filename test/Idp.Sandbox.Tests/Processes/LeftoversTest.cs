using Idp.Sandbox.Processes;
using Idp.Sandbox.World;

namespace Idp.Sandbox.Tests.Processes;

/// <summary>hack/leftovers.sh, which holds the whole suite to leaving nothing behind, sees what it is there for.</summary>
public sealed class LeftoversTest : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("leftovers-");

    [Fact]
    public async Task CommandThatLeavesNothing_EndsAsItDoesAlone()
    {
        (await RunAsync("touch $TMPDIR/a; rm $TMPDIR/a; (sleep 0) & wait")).Should().Be((0, ""));
        (await RunAsync("exit 7")).Should().Be((7, ""));
    }

    [Fact]
    public async Task ForgottenFile_IsNamed_AndRemoved()
    {
        var (code, said) = await RunAsync("mkdir $TMPDIR/forgotten; echo $TMPDIR/forgotten > $HOME/where");

        var forgotten = (await File.ReadAllTextAsync(Path.Combine(_home.FullName, "where"))).Trim();
        code.Should().Be(1);
        said.Should().Contain($"file {forgotten}");
        Directory.Exists(forgotten).Should().BeFalse();
    }

    [Fact]
    public async Task ForgottenProcess_IsNamed_AndEnded()
    {
        var (code, said) = await RunAsync("sleep 987 & echo $! > $HOME/who");

        var forgotten = (await File.ReadAllTextAsync(Path.Combine(_home.FullName, "who"))).Trim();
        code.Should().Be(1);
        said.Should().Contain($"process {forgotten}: sleep 987");
        CommandLine(forgotten).Should().BeEmpty();
    }

    [Fact]
    public async Task ServerThatKubectlRemembers_IsNamed()
    {
        Directory.CreateDirectory(Path.Combine(_home.FullName, ".kube", "cache", "discovery", "127.0.0.1_1"));

        var (code, said) = await RunAsync("mkdir $HOME/.kube/cache/discovery/127.0.0.1_2");

        code.Should().Be(1);
        said.Should().Contain("127.0.0.1_2").And.NotContain("127.0.0.1_1");
    }

    public void Dispose() => _home.Delete(recursive: true);

    // One that is dead and that nobody has collected yet has no command line.
    private static string CommandLine(string process)
    {
        var path = $"/proc/{process}/cmdline";
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }

    private async Task<(int Code, string Said)> RunAsync(string script)
    {
        var command = new Command(SandboxPaths.Below("hack", "leftovers.sh"), "bash", "-c", script)
        {
            Environment = new Dictionary<string, string> { ["HOME"] = _home.FullName },
        };
        var result = await command.RunAsync(CancellationToken.None);
        return (result.ExitCode, result.Error);
    }
}
