using System.Globalization;
using OpenTelemetry.Exporter;

namespace Service;

/// <summary>What the environment decides.</summary>
internal sealed record Settings
{
    private static readonly Dictionary<string, LogLevel> Levels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["debug"] = LogLevel.Debug,
        ["info"] = LogLevel.Information,
        ["warning"] = LogLevel.Warning,
        ["error"] = LogLevel.Error,
    };

    // The standard's default is not the library's.
    private static readonly Dictionary<string, OtlpExportProtocol> Protocols = new(StringComparer.Ordinal)
    {
        ["http/protobuf"] = OtlpExportProtocol.HttpProtobuf,
        ["grpc"] = OtlpExportProtocol.Grpc,
    };

    public int Port { get; init; }

    public LogLevel LogLevel { get; init; }

    public TimeSpan ShutdownDelay { get; init; }

    public TimeSpan ShutdownTimeout { get; init; }
{{? database }}
    {{? database }}public string DatabaseUrl { get; init; } = "";
{{? database }}
    {{? database }}public int DatabasePoolSize { get; init; }

    /// <summary>Where traces are sent; null where they are not.</summary>
    public string? OtlpEndpoint { get; init; }

    public OtlpExportProtocol OtlpProtocol { get; init; }

    public string ServiceName { get; init; } = About.Name;

    /// <summary>Reads the environment variables and checks all of them.</summary>
    /// <exception cref="SettingsException">Some of them are wrong.</exception>
    public static Settings Read(Func<string, string?> variable)
    {
        var reader = new Reader(variable);
        var settings = new Settings
        {
            Port = reader.Number("PORT", {{ parameters.port }}, 1, 65535),
            LogLevel = reader.Choice("LOG_LEVEL", LogLevel.Information, Levels),
            ShutdownDelay = TimeSpan.FromSeconds(reader.Number("SHUTDOWN_DELAY_SECONDS", 0, 0, 300)),
            ShutdownTimeout = TimeSpan.FromSeconds(reader.Number("SHUTDOWN_TIMEOUT_SECONDS", 20, 1, 300)),
            {{? database }}DatabaseUrl = reader.Postgres("DATABASE_URL"),
            {{? database }}DatabasePoolSize = reader.Number("DATABASE_POOL_SIZE", 10, 1, 100),
            OtlpEndpoint = reader.Text("OTEL_EXPORTER_OTLP_ENDPOINT"),
            OtlpProtocol = reader.Choice("OTEL_EXPORTER_OTLP_PROTOCOL", OtlpExportProtocol.HttpProtobuf, Protocols),
            ServiceName = reader.Text("OTEL_SERVICE_NAME") ?? About.Name,
        };
        return reader.Problems.Count == 0 ? settings : throw new SettingsException(string.Join("; ", reader.Problems));
    }

    /// <summary>Reads variables one by one and collects what is wrong with them: never a value, which may be secret.</summary>
    private sealed class Reader(Func<string, string?> variable)
    {
        public List<string> Problems { get; } = [];

        public string? Text(string name) => variable(name) is { Length: > 0 } text ? text : null;

        public int Number(string name, int fallback, int minimum, int maximum)
        {
            if (Text(name) is not { } text)
            {
                return fallback;
            }

            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum)
            {
                return value;
            }

            Problems.Add($"{name} must be a whole number from {minimum} to {maximum}");
            return fallback;
        }

        public T Choice<T>(string name, T fallback, Dictionary<string, T> choices)
        {
            if (Text(name) is not { } text)
            {
                return fallback;
            }

            if (choices.TryGetValue(text, out var value))
            {
                return value;
            }

            Problems.Add($"{name} must be one of {string.Join(", ", choices.Keys)}");
            return fallback;
        }
{{? database }}
        {{? database }}public string Postgres(string name)
        {{? database }}{
            {{? database }}var text = Text(name) ?? "";
            {{? database }}if (PostgresUrl.Problem(text) is { } problem)
            {{? database }}{
                {{? database }}Problems.Add($"{name} {problem}");
            {{? database }}}
{{? database }}
            {{? database }}return text;
        {{? database }}}
    }
}

/// <summary>Says in one line everything that is wrong with the environment.</summary>
internal sealed class SettingsException(string message) : Exception(message);
