using Npgsql;

namespace Service;

/// <summary>Reads addresses such as <c>postgresql://user:password@host:5432/name?sslmode=require</c>, which Npgsql does not know.</summary>
internal static class PostgresUrl
{
    private const int PatienceSeconds = 2;
    private const int QuerySeconds = 5;

    private static readonly Dictionary<string, string> Keywords = new(StringComparer.Ordinal)
    {
        ["application_name"] = "Application Name",
        ["connect_timeout"] = "Timeout",
        ["options"] = "Options",
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
    };

    /// <summary>What is wrong with an address, or null; never the address itself, which holds a password.</summary>
    public static string? Problem(string url)
    {
        try
        {
            ToConnectionString(url, 1);
            return null;
        }
        catch (FormatException error)
        {
            return error.Message;
        }
    }

    /// <summary>The same address as Npgsql reads it, with a pool of a size.</summary>
    /// <exception cref="FormatException">It is no such address.</exception>
    public static string ToConnectionString(string url, int poolSize)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgresql" or "postgres") || uri.Host.Length == 0)
        {
            throw new FormatException("must be a URL such as postgresql://user:password@host:5432/name");
        }

        var user = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.DnsSafeHost,
            Port = uri.Port < 0 ? NpgsqlConnection.DefaultPort : uri.Port,
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
            ApplicationName = About.Name,
            MaxPoolSize = poolSize,
            Timeout = PatienceSeconds,
            CommandTimeout = QuerySeconds,
        };
        foreach (var parameter in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            Set(builder, parameter);
        }

        return builder.ConnectionString;
    }

    private static void Set(NpgsqlConnectionStringBuilder builder, string parameter)
    {
        var parts = parameter.Split('=', 2);
        if (parts.Length != 2 || !Keywords.TryGetValue(parts[0], out var keyword))
        {
            throw new FormatException($"may have the parameters {string.Join(", ", Keywords.Keys)} only");
        }

        var value = Uri.UnescapeDataString(parts[1]);
        try
        {
            // libpq writes verify-full, Npgsql VerifyFull.
            builder[keyword] = parts[0] == "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }
        catch (ArgumentException)
        {
            throw new FormatException($"has a value of {parts[0]} that is not known");
        }
    }
}
