using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Service.Tests;

public sealed class ServiceTest : IDisposable
{
    private readonly RunningService _service = new();

    private HttpClient Client => _service.Client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task TheIndexSaysWhatItIs()
    {
        var said = await Client.GetFromJsonAsync<JsonElement>("/", Cancellation);

        Assert.Equal(About.Name, said.GetProperty("name").GetString());
        Assert.Equal(About.Description, said.GetProperty("description").GetString());
    }

    [Fact]
    public async Task IsAliveAndReady()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(About.HealthPath));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/readyz"));
    }
{{? database }}
    {{? database }}[Fact]
    {{? database }}public async Task IsAliveButNotReady_WhileTheDatabaseIsAway()
    {{? database }}{
        {{? database }}_service.Database.IsReachable = false;
{{? database }}
        {{? database }}Assert.Equal(HttpStatusCode.OK, await StatusAsync(About.HealthPath));
        {{? database }}Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync("/readyz"));
    {{? database }}}
{{? database }}
    {{? database }}[Fact]
    {{? database }}public async Task AnErrorOfOurs_IsLoggedAndCounted_AndNotToldToTheCaller()
    {{? database }}{
        {{? database }}_service.Database.IsReachable = false;
{{? database }}
        {{? database }}var response = await Client.GetAsync("/api/v1/database", Cancellation);
{{? database }}
        {{? database }}Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        {{? database }}Assert.DoesNotContain("password", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        {{? database }}Assert.Contains(_service.Log.Lines, line => line.Error?.Message == "password authentication failed");
        {{? database }}var metrics = await Client.GetStringAsync("/metrics", Cancellation);
        {{? database }}Assert.Contains("""{method="GET",path="/api/v1/database",status_code="500"} 1""", metrics, StringComparison.Ordinal);
    {{? database }}}

    [Fact]
    public async Task GreetsByPathAndByBody()
    {
        var byPath = await Client.GetFromJsonAsync<JsonElement>("/api/v1/greetings/Ada", Cancellation);
        var byBody = await PostAsync("""{"name":" Ada "}""");

        Assert.Equal("Hello, Ada.", byPath.GetProperty("message").GetString());
        Assert.Contains("Hello, Ada.", await byBody.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"name":" "}""")]
    [InlineData("""{"name":7}""")]
    [InlineData("""{"name":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}""")]
    public async Task ACallerHearsWhatIsWrong(string body)
    {
        var response = await PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task CountsRequestsByRoute_AndThoseWithoutOneTogether()
    {
        await StatusAsync("/api/v1/greetings/Ada");
        await StatusAsync("/api/v1/greetings/Bob");
        await StatusAsync("/no/such/path");
        await SendAsync("POST", "/");
        await SendAsync("INVENTED", "/no/such/path");
        await PostAsync("{}");

        var response = await Client.GetAsync("/metrics", Cancellation);
        var metrics = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.StartsWith("text/plain; version=0.0.4", $"{response.Content.Headers.ContentType}", StringComparison.Ordinal);
        string[] lines =
        [
            """http_requests_total{method="GET",path="/api/v1/greetings/{name}",status_code="200"} 2""",
            """http_requests_total{method="GET",path="unmatched",status_code="404"} 1""",
            """http_requests_total{method="POST",path="unmatched",status_code="405"} 1""",
            """http_requests_total{method="OTHER",path="unmatched",status_code="404"} 1""",
            """http_requests_total{method="POST",path="/api/v1/greetings",status_code="400"} 1""",
            """http_request_duration_seconds_count{method="GET",path="/api/v1/greetings/{name}"} 2""",
        ];
        Assert.All(lines, line => Assert.Contains($"{line}\n", metrics, StringComparison.Ordinal));
        Assert.Contains("\ndotnet_collection_count_total{", metrics, StringComparison.Ordinal);
        Assert.Contains("\nprocess_cpu_seconds_total ", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARequestIsLogged_WithoutItsQuery_AndAProbeIsNot()
    {
        await StatusAsync("/?token=secret");
        await StatusAsync("/readyz");
        await StatusAsync("/no/such/path");

        var lines = _service.Log.Lines.Select(line => line.Message).Where(line => line.StartsWith("GET ", StringComparison.Ordinal)).ToList();
        Assert.Collection(
            lines,
            line => Assert.StartsWith("GET /: 200 in ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("GET /no/such/path: 404 in ", line, StringComparison.Ordinal));
    }

    private async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var response = await Client.GetAsync(path, Cancellation);
        return response.StatusCode;
    }

    private async Task SendAsync(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await Client.SendAsync(request, Cancellation);
    }

    private Task<HttpResponseMessage> PostAsync(string body) =>
        Client.PostAsync("/api/v1/greetings", new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);
}
