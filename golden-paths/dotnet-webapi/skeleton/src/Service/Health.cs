namespace Service;

internal static class Health
{
    /// <summary>What the platform asks: is the process alive, and can it serve?</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(About.HealthPath, () => Status("ok"));
        {{?! database }}routes.MapGet(About.ReadyPath, (IHostApplicationLifetime lifetime) =>
            {{?! database }}lifetime.ApplicationStopping.IsCancellationRequested ? NotReady("stopping") : Status("ok"));
        {{? database }}routes.MapGet(About.ReadyPath, async (IHostApplicationLifetime lifetime, IDatabase database, CancellationToken cancellation) =>
            {{? database }}lifetime.ApplicationStopping.IsCancellationRequested ? NotReady("stopping")
            {{? database }}: await database.IsReachableAsync(cancellation) ? Status("ok")
            {{? database }}: NotReady("waiting for the database"));
    }

    private static IResult Status(string status) => Results.Ok(new { status });

    private static IResult NotReady(string status) => Results.Json(new { status }, statusCode: StatusCodes.Status503ServiceUnavailable);
}
