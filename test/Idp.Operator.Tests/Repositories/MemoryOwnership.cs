using System.Collections.Concurrent;
using Idp.GitHub;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories;

namespace Idp.Operator.Tests.Repositories;

/// <summary>The operator's own records, in memory.</summary>
internal sealed class MemoryOwnership : IOwnershipRecords
{
    private readonly ConcurrentDictionary<long, string> _adopters = new();

    public OwnershipKeys Keys { get; set; } = OwnershipKeys.Random();

    public Task<OwnershipKeys> GetKeysAsync(CancellationToken cancellationToken) => Task.FromResult(Keys);

    public Task<string?> FindAdopterAsync(long repositoryId, CancellationToken cancellationToken) =>
        Task.FromResult(_adopters.GetValueOrDefault(repositoryId));

    public Task<bool> RecordAdoptionAsync(long repositoryId, string? before, string adopter, CancellationToken cancellationToken) =>
        Task.FromResult(before is null ? _adopters.TryAdd(repositoryId, adopter) : _adopters.TryUpdate(repositoryId, adopter, before));
}

/// <summary>A cluster that says nothing against any repository, and knows no BackendApp.</summary>
internal sealed class NoObjection : IRepositoryRights
{
    public Problem? ObjectionTo(Repository repository) => null;

    public bool Exists(string name) => false;
}
