using System.Globalization;
using System.Text.Json;

namespace Idp.Sandbox.GitHub;

/// <summary>All repositories, their state in memory and on disk; a restart finds them as they were.</summary>
/// <remarks>
/// On disk: <c>ID.git</c>, a bare repository; <c>ID.json</c>, its state; <c>last-id</c>, so that no number comes
/// twice.
/// </remarks>
internal sealed class RepositoryStore
{
    private const long FirstId = 100_001;
    private readonly Lock _lock = new();
    private readonly Dictionary<long, StoredRepository> _byId = [];
    private readonly string _folder;
    private long _lastId;

    public RepositoryStore(string folder)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        foreach (var file in Directory.EnumerateFiles(_folder, "*.json"))
        {
            var state = JsonSerializer.Deserialize(File.ReadAllBytes(file), RepositoryStateJson.Default.RepositoryState)
                ?? throw new InvalidDataException($"{file} holds no repository.");
            _byId.Add(state.Id, new StoredRepository(state, new GitRepository(GitFolder(state.Id))));
        }

        var counter = Path.Combine(_folder, "last-id");
        _lastId = File.Exists(counter)
            ? long.Parse(File.ReadAllText(counter), CultureInfo.InvariantCulture)
            : _byId.Keys.DefaultIfEmpty(FirstId - 1).Max();
    }

    public string Folder => _folder;

    public StoredRepository? Find(long id)
    {
        lock (_lock)
        {
            return _byId.GetValueOrDefault(id);
        }
    }

    /// <summary>Returns the repository of that name, or the one that had it before; the former comes first.</summary>
    public StoredRepository? Find(string owner, string name)
    {
        lock (_lock)
        {
            var fullName = $"{owner}/{name}";
            return _byId.Values.FirstOrDefault(repository => Same(repository.State.FullName, fullName))
                ?? _byId.Values.FirstOrDefault(
                    repository => repository.State.FormerNames.Any(former => Same(former, fullName)));
        }
    }

    /// <summary>Makes a repository, or returns null if the name is taken.</summary>
    /// <param name="state">What it is to be; it gets its number here.</param>
    /// <param name="begin">Puts its first content in, before anybody can see it.</param>
    public StoredRepository? Create(RepositoryState state, Action<StoredRepository> begin)
    {
        var repository = Reserve(state);
        if (repository is null)
        {
            return null;
        }

        try
        {
            repository.Git.Init(repository.State.DefaultBranch);
            begin(repository);
            Save(repository.State);
            return repository;
        }
        catch
        {
            Delete(repository);
            throw;
        }
        finally
        {
            repository.Turn.Release();
        }
    }

    /// <summary>The first branch of an empty repository becomes its default one.</summary>
    public void BeginWith(StoredRepository repository, string branch)
    {
        repository.Git.SetHead(branch);
        Change(repository, repository.State with { DefaultBranch = branch });
    }

    /// <summary>Changes the state of a repository whose turn the caller has; false if the new name is taken.</summary>
    public bool Change(StoredRepository repository, RepositoryState state)
    {
        lock (_lock)
        {
            var old = repository.State;
            if (!Same(old.FullName, state.FullName))
            {
                if (_byId.Values.Any(other => other != repository && Same(other.State.FullName, state.FullName)))
                {
                    return false;
                }

                ForgetFormerName(state.FullName);
                var former = old.FormerNames.Where(name => !Same(name, state.FullName));
                state = state with { FormerNames = [.. former, old.FullName] };
            }

            repository.State = state;
            Save(state);
            return true;
        }
    }

    public void Delete(StoredRepository repository)
    {
        lock (_lock)
        {
            if (_byId.Remove(repository.State.Id))
            {
                File.Delete(StateFile(repository.State.Id));
                if (Directory.Exists(GitFolder(repository.State.Id)))
                {
                    Directory.Delete(GitFolder(repository.State.Id), recursive: true);
                }
            }
        }
    }

    /// <summary>
    /// Takes the name, and the turn of the new repository, so that nobody works in it before it is there.
    /// </summary>
    private StoredRepository? Reserve(RepositoryState state)
    {
        lock (_lock)
        {
            if (_byId.Values.Any(other => Same(other.State.FullName, state.FullName)))
            {
                return null;
            }

            ForgetFormerName(state.FullName);
            var id = ++_lastId;
            File.WriteAllText(Path.Combine(_folder, "last-id"), id.ToString(CultureInfo.InvariantCulture));
            var repository = new StoredRepository(state with { Id = id }, new GitRepository(GitFolder(id)));
            repository.Turn.Wait(0);
            _byId.Add(id, repository);
            return repository;
        }
    }

    // Who takes the name of a renamed repository ends its redirect.
    private void ForgetFormerName(string fullName)
    {
        foreach (var other in _byId.Values.Where(other => other.State.FormerNames.Any(name => Same(name, fullName))))
        {
            var rest = other.State.FormerNames.Where(name => !Same(name, fullName));
            other.State = other.State with { FormerNames = [.. rest] };
            Save(other.State);
        }
    }

    private void Save(RepositoryState state)
    {
        var draft = StateFile(state.Id) + ".new";
        File.WriteAllBytes(
            draft, JsonSerializer.SerializeToUtf8Bytes(state, RepositoryStateJson.Default.RepositoryState));
        File.Move(draft, StateFile(state.Id), overwrite: true);
    }

    private string StateFile(long id) => Path.Combine(_folder, $"{id}.json");

    private string GitFolder(long id) => Path.Combine(_folder, $"{id}.git");

    private static bool Same(string left, string right) => string.Equals(
        left, right, StringComparison.OrdinalIgnoreCase);
}
