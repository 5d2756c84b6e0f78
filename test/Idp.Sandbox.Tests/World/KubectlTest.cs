using Idp.Sandbox.World;

namespace Idp.Sandbox.Tests.World;

public sealed class KubectlTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kubectl-test-").FullName;

    [Fact]
    public void TheOneOfThePath_NeedsNoPath()
    {
        var kubectl = new Kubectl(Program("bin"), "/world/kubeconfig");

        kubectl.Exports($"/nowhere:{_folder}/bin").Should().Equal("export KUBECONFIG=/world/kubeconfig");
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("")]
    public void OneThatIsNotOnThePath_IsPutThere(string path)
    {
        var kubectl = new Kubectl(Program("brought"), "/world/kubeconfig");

        kubectl.Exports(path).Should().Equal($"export PATH={_folder}/brought:$PATH", "export KUBECONFIG=/world/kubeconfig");
    }

    [Fact]
    public void OneThatAnotherHides_IsPutBeforeIt()
    {
        Program("broken");
        var kubectl = new Kubectl(Program("brought"), "/world/kubeconfig");

        kubectl.Exports($"{_folder}/broken:{_folder}/brought").Should().HaveElementAt(0, $"export PATH={_folder}/brought:$PATH");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Program(string folder)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, folder)).FullName, "kubectl");
        File.WriteAllText(path, "");
        return path;
    }
}
