namespace Idp.GitHub.Tests;

/// <summary>Asking whether something changed costs no quota.</summary>
public sealed class ConditionalTest : IAsyncLifetime
{
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.StartAsync(new Idp.Sandbox.GitHub.GitHubServerLimits());

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task UnchangedRepositoryIsTheSameObject_AndCostsNoQuota()
    {
        await _world.CreateAsync();
        var known = await _world.Client.FindRepositoryAsync("acme", "payment-service", CancellationToken.None);
        var before = _world.Client.Budget.Quota!.Value.Remaining;

        var same = await _world.Client.RefreshRepositoryAsync(known!, CancellationToken.None);

        same.Should().BeSameAs(known);
        _world.Client.Budget.Quota!.Value.Remaining.Should().Be(before);
    }

    [Fact]
    public async Task ChangedRepositoryIsReadAnew_AndAGoneOneIsNull()
    {
        var made = await _world.CreateAsync();
        var known = await _world.Client.FindRepositoryAsync(made.Id, CancellationToken.None);
        await _world.Client.UpdateRepositoryAsync(made.Id, new RepositorySettings { Description = "New." }, CancellationToken.None);

        var changed = await _world.Client.RefreshRepositoryAsync(known!, CancellationToken.None);

        changed!.Description.Should().Be("New.");
        changed.ETag.Should().NotBe(known!.ETag);
        await _world.Client.DeleteRepositoryAsync(made.Id, CancellationToken.None);
        (await _world.Client.RefreshRepositoryAsync(changed, CancellationToken.None)).Should().BeNull();
    }
}
