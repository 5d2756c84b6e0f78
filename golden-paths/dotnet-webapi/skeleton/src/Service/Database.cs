using Npgsql;

namespace Service;

/// <summary>What the service asks of its database.</summary>
internal interface IDatabase
{
    /// <summary>Whether the database answers a query.</summary>
    Task<bool> IsReachableAsync(CancellationToken cancellationToken);

    /// <summary>The database's time: a first query, to be replaced.</summary>
    Task<DateTime> NowAsync(CancellationToken cancellationToken);
}

/// <summary>The connections to PostgreSQL, in the data source's pool.</summary>
internal sealed partial class Database(NpgsqlDataSource source, ILogger<Database> logger) : IDatabase
{
    public async Task<bool> IsReachableAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var command = source.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException error)
        {
            LogUnreachable(error);
            return false;
        }
    }

    public async Task<DateTime> NowAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("SELECT now()");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.GetFieldValue<DateTime>(0);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not answer.")]
    private partial void LogUnreachable(NpgsqlException error);
}

internal static class DatabaseExtensions
{
    public static void AddDatabase(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(provider =>
        {
            var builder = new NpgsqlDataSourceBuilder(PostgresUrl.ToConnectionString(settings.DatabaseUrl, settings.DatabasePoolSize));
            builder.UseLoggerFactory(provider.GetRequiredService<ILoggerFactory>());
            return builder.Build();
        });
        services.AddSingleton<IDatabase, Database>();
    }

    public static void MapDatabase(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/database", async (IDatabase database, CancellationToken cancellation) =>
            new { time = await database.NowAsync(cancellation) });
}
