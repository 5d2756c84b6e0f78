using System.Text;
using Idp.GitHub;
using Idp.Operator.GoldenPaths;
using Idp.Operator.GoldenPaths.Updates;

namespace Idp.Operator.Tests.GoldenPaths.Updates;

/// <summary>A repository into which 1.0.0 of a golden path was brought, what its team made of it, and what 2.0.0 wants.</summary>
internal sealed class UpdatedRepository
{
    private readonly Dictionary<string, byte[]> _objects = new(StringComparer.Ordinal);
    private readonly List<LockedFile> _brought = [];
    private readonly Dictionary<string, TreeFile> _team = new(StringComparer.Ordinal);
    private readonly List<RenderedFile> _wanted = [];
    private readonly Dictionary<string, string> _moved = new(StringComparer.Ordinal);

    public static RenderedFor Version(string version) => new("path", version, new Dictionary<string, string>(), ["staging"]);

    public bool Adopted { get; init; }

    public UpdatedRepository Brought(string path, string content, bool executable = false)
    {
        _brought.Add(new LockedFile { Path = path, Version = "1.0.0", Blob = Keep(content), Executable = executable });
        return this;
    }

    public UpdatedRepository Team(string path, string content, TreeFileMode mode = TreeFileMode.Regular)
    {
        _team[path] = new TreeFile(Keep(content), mode);
        return this;
    }

    public UpdatedRepository Moved(string from, string to)
    {
        _moved[from] = to;
        return this;
    }

    public UpdatedRepository Wanted(string path, string content, bool executable = false, bool once = false)
    {
        _wanted.Add(new RenderedFile(path, Encoding.UTF8.GetBytes(content), executable) { Once = once });
        return this;
    }

    public UpdatedRepository Forgets(string content)
    {
        _objects.Remove(FileMerge.BlobOf(Encoding.UTF8.GetBytes(content)));
        return this;
    }

    /// <summary>The update from the lock that another update left.</summary>
    public GoldenPathUpdatePlan Plan(GoldenPathLock? after = null) => GoldenPathUpdatePlan.For(new UpdateInput
    {
        Lock = after ?? new GoldenPathLock { Template = "path", Version = "1.0.0", Inputs = "x", Adopted = Adopted, Files = _brought },
        Target = Version("2.0.0"),
        Wanted = _wanted,
        Team = _team,
        Moved = _moved,
        Read = blob => _objects.GetValueOrDefault(blob),
    });

    private string Keep(string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var blob = FileMerge.BlobOf(bytes);
        _objects[blob] = bytes;
        return blob;
    }
}
