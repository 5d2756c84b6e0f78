using Microsoft.Extensions.Logging;
using Npgsql;

namespace Service.Tests;

public sealed class DatabaseTest : IDisposable
{
    private readonly MemoryLog _log = new();
    private readonly LoggerFactory _loggers;

    public DatabaseTest() => _loggers = new LoggerFactory([_log]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _loggers.Dispose();

    [Fact]
    public async Task AsksARealDatabase()
    {
        var url = Environment.GetEnvironmentVariable("DATABASE_URL");
        Assert.SkipWhen(url is null, "DATABASE_URL is not set");
        await using var source = NpgsqlDataSource.Create(PostgresUrl.ToConnectionString(url!, 2));
        var database = new Database(source, _loggers.CreateLogger<Database>());

        Assert.True(await database.IsReachableAsync(Cancellation));
        Assert.True(await database.NowAsync(Cancellation) > DateTime.UnixEpoch);
    }

    [Fact]
    public async Task SaysWhyTheDatabaseDoesNotAnswer()
    {
        await using var source = NpgsqlDataSource.Create(PostgresUrl.ToConnectionString("postgresql://nobody@127.0.0.1:1/nothing", 2));
        var database = new Database(source, _loggers.CreateLogger<Database>());

        Assert.False(await database.IsReachableAsync(Cancellation));
        Assert.Contains(_log.Lines, line => line.Level == LogLevel.Warning && line.Error is NpgsqlException);
    }
}
