using Prometheus;
using Service;

try
{
    var builder = WebApplication.CreateSlimBuilder(args);
    var settings = Settings.Read(name => builder.Configuration[name]);
    builder.WebHost.UseUrls($"http://*:{settings.Port}");
    builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
    builder.Logging.AddJsonLines(settings.LogLevel);
    builder.Services.AddGracefulShutdown(settings);
    builder.Services.AddTracing(settings);
    {{? database }}builder.Services.AddDatabase(settings);
    builder.Services.AddSingleton(new RequestMetrics(Metrics.NewCustomRegistry()));
    builder.Services.AddProblemDetails();

    var app = builder.Build();
    // First the route: an error further in would take it away from what is measured.
    app.UseRouting();
    app.UseMiddleware<ObserveRequests>();
    app.UseStreamedBodies();
    app.UseExceptionHandler();
    app.UseStatusCodePages();
    app.MapGet("/", () => new { name = About.Name, description = About.Description });
    app.MapHealth();
    app.MapGet(About.MetricsPath, (RequestMetrics metrics, HttpResponse response) => metrics.WriteAsync(response));
    app.MapGreetings();
    {{? database }}app.MapDatabase();
    await app.RunAsync();
    return 0;
}
catch (SettingsException error)
{
    JsonLines.WriteFatal($"cannot start: {error.Message}");
    return 1;
}
