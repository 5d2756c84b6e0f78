namespace Service;

/// <summary>An example resource: replace it with what the service is for.</summary>
internal static class Greetings
{
    private const int LongestName = 100;

    public static void MapGreetings(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/greetings/{name}", Greet);
        routes.MapPost("/api/v1/greetings", (Greeting greeting) => Greet(greeting.Name));
    }

    private static IResult Greet(string? name) =>
        string.IsNullOrWhiteSpace(name) || name.Length > LongestName
            ? Results.Problem($"name must be a text of 1 to {LongestName} characters", statusCode: StatusCodes.Status400BadRequest)
            : Results.Ok(new { message = $"Hello, {name.Trim()}." });

    /// <summary>Who is to be greeted.</summary>
    internal sealed record Greeting(string? Name);
}
