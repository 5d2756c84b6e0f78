using Microsoft.Extensions.Logging;

namespace Idp.Operator.Commands;

/// <summary>How the process logs.</summary>
internal static class OperatorLogging
{
    /// <summary>One line per entry on standard error, in UTC; <c>IDP_LOG_LEVEL</c> sets the level, <c>IDP_LOG_FORMAT=json</c> the form.</summary>
    public static ILoggingBuilder AddOperatorLogging(this ILoggingBuilder logging)
    {
        var level = Enum.TryParse<LogLevel>(Environment.GetEnvironmentVariable("IDP_LOG_LEVEL"), ignoreCase: true, out var wanted)
            ? wanted
            : LogLevel.Information;
        logging.SetMinimumLevel(level);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", level);
        if (Environment.GetEnvironmentVariable("IDP_LOG_FORMAT") == "json")
        {
            return logging.AddJsonConsole(options =>
            {
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "O";
                options.IncludeScopes = true;
            });
        }

        return logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "HH:mm:ss.fff ";
            options.IncludeScopes = true;
        });
    }
}
