namespace Service;

/// <summary>What the service is, and the paths that the platform asks for.</summary>
internal static class About
{
    public const string Name = {{ application | json }};
    public const string Description = {{ description | json }};

    public const string HealthPath = "{{ parameters.healthPath }}";
    public const string ReadyPath = "/readyz";
    public const string MetricsPath = "/metrics";

    /// <summary>Whether a path is one that the platform asks for every few seconds: not worth a log line or a trace.</summary>
    public static bool IsForPlatform(PathString path) =>
        path == HealthPath || path == ReadyPath || path == MetricsPath;
}
