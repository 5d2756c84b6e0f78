using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Idp.Kubernetes.Hosting;
using Idp.Operator.Commands;
using Idp.Sandbox.World;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Idp.EndToEnd.Tests.World;

/// <summary>The operator inside this process, under its own account, for what a process of its own cannot have: a clock that a test sets.</summary>
internal sealed class HostedOperator : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly IReadOnlyList<Type> _services;
    private readonly FileLoggerProvider _log;
    private readonly MeterListener _listener = new();

    // Counters tell of themselves on whatever thread counts.
    private readonly ConcurrentDictionary<string, long> _read = new(StringComparer.Ordinal);

    private HostedOperator(IHost host, IReadOnlyList<Type> services, FileLoggerProvider log)
    {
        (_host, _services, _log) = (host, services, log);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == KubernetesOperatorExtensions.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument.Name, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument.Name, value, tags));
    }

    /// <summary>Whether it fills its caches, reconciles something, or is about to.</summary>
    public bool IsBusy
    {
        get
        {
            _read.Clear();
            _listener.RecordObservableInstruments();
            return _read.GetValueOrDefault("kubernetes.leader") == 0
                || _read.GetValueOrDefault("kubernetes.queue.depth") > 0
                || _read.GetValueOrDefault("kubernetes.workers.active") > 0;
        }
    }

    /// <summary>Everything that it consists of.</summary>
    public IEnumerable<object> Services => _services.SelectMany(type => _host.Services.GetServices(type)).OfType<object>();

    /// <summary>Starts it with everything that <c>idp run</c> consists of, but for the HTTP endpoints.</summary>
    public static async Task<HostedOperator> StartAsync(Sandbox.World.Sandbox sandbox, TimeProvider clock)
    {
        await sandbox.GrantOperatorAsync(CancellationToken.None);
        var options = new RunOptions
        {
            Platform = new FileInfo(sandbox.PlatformPath),
            Kubeconfig = new FileInfo(sandbox.OperatorKubeconfig),
            Alone = true,
        };
        var log = new FileLoggerProvider(Path.Combine(sandbox.Directory, "log", "operator.log"), clock);
        using var loggers = LoggerFactory.Create(Log);
        var composition = Composition.Read(options, loggers, clock: clock)
            ?? throw new InvalidOperationException("The settings or golden paths of the sandbox cannot be used; standard error says why.");
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging(Log);
        builder.Services.AddPlatform(composition, options);
        Type[] services = [typeof(IHostedService), .. builder.Services
            .Where(service => service is { Lifetime: ServiceLifetime.Singleton, IsKeyedService: false, ServiceType.IsGenericTypeDefinition: false })
            .Select(service => service.ServiceType)
            .Where(type => type.Namespace?.StartsWith("Idp.", StringComparison.Ordinal) == true)
            .Distinct()];
        var hosted = new HostedOperator(builder.Build(), services, log);
        hosted._listener.Start();
        await hosted._host.StartAsync();
        return hosted;

        void Log(ILoggingBuilder logging) => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log);
    }

    /// <summary>Stops it.</summary>
    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _host.StopAsync();
        _host.Dispose();
        _log.Dispose();
    }

    private void Note(string instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        // What is to be done later does not count: that is what the clock is moved for.
        foreach (var tag in tags)
        {
            if (tag is { Key: "state", Value: "waiting" })
            {
                return;
            }
        }

        _read.AddOrUpdate(instrument, value, (_, before) => before + value);
    }
}
