using System.Diagnostics.Metrics;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Hosting;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.Controllers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Idp.Kubernetes.Tests.Hosting;

/// <summary>An operator whose API server does not answer.</summary>
public sealed class HostingTest : IAsyncLifetime
{
    private WebApplication _host = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services
            .AddSingleton(_ => new KubeClient(new HttpClient { BaseAddress = new Uri("http://127.0.0.1:1/") }))
            .AddSingleton(new WorkLog())
            .AddKubernetesOperator()
            .AddController<WidgetController, Widget>(widget => widget.Owns(WellKnownKinds.ConfigMap))
            .AddFinalizer<WidgetFinalizer, Widget>("test.idp.dev/ours")
            .AddInformer(WellKnownKinds.Namespace, metadataOnly: true);
        _host = builder.Build();
        _host.MapKubernetesHealth();
        await _host.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _host.StopAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task WithoutItsApiServer_ItIsAlive_AndNotReady()
    {
        using var http = new HttpClient { BaseAddress = new Uri(_host.Urls.First()) };

        using var alive = await http.GetAsync(new Uri("/healthz", UriKind.Relative));
        using var ready = await http.GetAsync(new Uri("/readyz", UriKind.Relative));

        ((int)alive.StatusCode).Should().Be(200, "a restart would help nobody");
        ((int)ready.StatusCode).Should().Be(503);
        (await ready.Content.ReadAsStringAsync()).Should().Contain("Namespace is not listed yet.");
    }

    [Fact]
    public void EverySeries_IsThereFromTheStart()
    {
        var seen = new Dictionary<string, HashSet<string>>();
        var factory = _host.Services.GetRequiredService<IMeterFactory>();
        var ours = factory.Create(KubernetesOperatorExtensions.MeterName);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter == ours)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument, tags));
        listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Note(instrument, tags));
        listener.Start();

        listener.RecordObservableInstruments();

        string[] kinds = ["ConfigMap", "Namespace", "Widget.test.idp.dev"];
        seen.Should().BeEquivalentTo(new Dictionary<string, HashSet<string>>
        {
            ["kubernetes.leader"] = [""],
            ["kubernetes.queue.depth"] = ["Widget.test.idp.dev ready", "Widget.test.idp.dev waiting"],
            ["kubernetes.workers.active"] = ["Widget.test.idp.dev"],
            ["kubernetes.trigger.ignored"] = ["Widget.test.idp.dev"],
            ["kubernetes.watch.events"] = [.. kinds],
            ["kubernetes.watch.dropped"] = [.. kinds],
            ["kubernetes.watch.lists"] = [.. kinds],
            ["kubernetes.watch.restarts"] = [.. kinds],
            ["kubernetes.watch.failures"] = [.. kinds],
            ["kubernetes.cache.objects"] = [.. kinds],
        });

        void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var series = string.Join(' ', tags.ToArray().Select(tag => tag.Value));
            (seen.TryGetValue(instrument.Name, out var known) ? known : seen[instrument.Name] = []).Add(series);
        }
    }

    [Theory]
    [InlineData("ours")]
    [InlineData("/ours")]
    [InlineData("test.idp.dev/")]
    [InlineData("a/b/c")]
    public void FinalizerWithoutADomain_IsRefused(string identifier) =>
        new ServiceCollection().AddKubernetesOperator()
            .Invoking(builder => builder.AddFinalizer<WidgetFinalizer, Widget>(identifier))
            .Should().Throw<ArgumentException>();

    [Fact]
    public async Task KindWithTwoControllers_IsRefused()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services
            .AddSingleton(_ => new KubeClient(new HttpClient { BaseAddress = new Uri("http://127.0.0.1:1/") }))
            .AddSingleton(new WorkLog())
            .AddKubernetesOperator()
            .AddController<WidgetController, Widget>()
            .AddController<WidgetController, Widget>();
        await using var host = builder.Build();

        await FluentActions.Awaiting(() => host.StartAsync()).Should().ThrowAsync<InvalidOperationException>()
            .WithMessage("Widget.test.idp.dev has more than one controller.");
    }
}
