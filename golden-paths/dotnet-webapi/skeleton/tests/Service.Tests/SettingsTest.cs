using Microsoft.Extensions.Logging;

namespace Service.Tests;

public sealed class SettingsTest
{
    [Fact]
    public void EverythingHasADefault()
    {
        var settings = Read();

        Assert.Equal({{ parameters.port }}, settings.Port);
        Assert.Equal(LogLevel.Information, settings.LogLevel);
        Assert.Equal(TimeSpan.Zero, settings.ShutdownDelay);
        Assert.Equal(TimeSpan.FromSeconds(20), settings.ShutdownTimeout);
        Assert.Null(settings.OtlpEndpoint);
        Assert.Equal(About.Name, settings.ServiceName);
        {{? database }}Assert.Equal(10, settings.DatabasePoolSize);
    }

    [Fact]
    public void TheEnvironmentDecides()
    {
        var settings = Read(("PORT", "9000"), ("LOG_LEVEL", "WARNING"), ("SHUTDOWN_DELAY_SECONDS", "5"), ("OTEL_SERVICE_NAME", "other"));

        Assert.Equal(9000, settings.Port);
        Assert.Equal(LogLevel.Warning, settings.LogLevel);
        Assert.Equal(TimeSpan.FromSeconds(5), settings.ShutdownDelay);
        Assert.Equal("other", settings.ServiceName);
    }

    [Fact]
    public void AllThatIsWrongIsSaidAtOnce_InOneLine()
    {
        {{?! database }}var error = Assert.Throws<SettingsException>(() => Read(("PORT", "0x50"), ("LOG_LEVEL", "loud")));
        {{? database }}var error = Assert.Throws<SettingsException>(
            {{? database }}() => Read(("PORT", "0x50"), ("LOG_LEVEL", "loud"), ("DATABASE_URL", "mysql://user:secret@db/pay")));

        Assert.Equal(
            {{?! database }}"PORT must be a whole number from 1 to 65535; LOG_LEVEL must be one of debug, info, warning, error",
            {{? database }}"PORT must be a whole number from 1 to 65535; LOG_LEVEL must be one of debug, info, warning, error"
            {{? database }}+ "; DATABASE_URL must be a URL such as postgresql://user:password@host:5432/name",
            error.Message);
    }

    private static Settings Read(params (string Name, string Value)[] variables)
    {
        var environment = variables.ToDictionary(variable => variable.Name, variable => variable.Value);
        {{? database }}environment.TryAdd("DATABASE_URL", "postgresql://user:secret@db:5432/pay");
        return Settings.Read(name => environment.GetValueOrDefault(name));
    }
}
