namespace Service.Tests;

/// <summary>A database that does as it is told.</summary>
internal sealed class FakeDatabase : IDatabase
{
    public bool IsReachable { get; set; } = true;

    public Task<bool> IsReachableAsync(CancellationToken cancellationToken) => Task.FromResult(IsReachable);

    public Task<DateTime> NowAsync(CancellationToken cancellationToken) => IsReachable
        ? Task.FromResult(DateTime.UnixEpoch)
        : Task.FromException<DateTime>(new InvalidOperationException("password authentication failed"));
}
