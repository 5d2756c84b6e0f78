using System.Net.Sockets;
using System.Text;
using Idp.Operator.Webhooks;

namespace Idp.Operator.Tests.Webhooks;

public sealed class WebhookEndpointTest : IAsyncLifetime
{
    private const string Renamed = """{"action":"renamed","repository":{"id":42,"name":"new"}}""";
    private WebhookWorld _world = null!;

    public async Task InitializeAsync() => _world = await WebhookWorld.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task WhatGitHubSigned_HasItsApplicationsLookedAt()
    {
        (await _world.SendAsync("repository", Renamed)).Should().Be(202);

        _world.Queue.Should().Equal("team-payments/one", "team-payments/two");
        (await _world.MetricsAsync()).Should().Contain("github_webhook_deliveries_total{event=\"repository\",outcome=\"accepted\"} 1\n");
        _world.Log.Should().Contain("GitHub tells of a repository event: team-payments/one is looked at.");
    }

    [Fact]
    public async Task WhatHappensToADeploymentRepository_HasItsApplicationLookedAt()
    {
        (await _world.SendAsync("repository", Renamed.Replace("42", "52", StringComparison.Ordinal))).Should().Be(202);

        _world.Queue.Should().Equal("team-payments/one");
    }

    [Theory]
    [InlineData("ping", """{"zen":"Keep it logically awesome.","hook_id":1}""", "ignored")]
    [InlineData("star", """{"action":"created","repository":{"id":42}}""", "ignored")]
    [InlineData("push", """{"ref":"refs/heads/x","repository":{"id":42,"default_branch":"main"}}""", "ignored")]
    [InlineData("repository", """{"action":"renamed","repository":{"id":43}}""", "unknown_repository")]
    [InlineData("repository", """{"action":"renamed","repository":{"id":0}}""", "unknown_repository")]
    public async Task WhatConcernsNobody_IsTakenAndDoesNothing(string @event, string body, string outcome)
    {
        (await _world.SendAsync(@event, body)).Should().Be(202);

        _world.Queue.Should().BeEmpty();
        (await _world.MetricsAsync()).Should().MatchRegex($"github_webhook_deliveries_total{{event=\"[a-z]+\",outcome=\"{outcome}\"}} 1\n");
    }

    [Fact]
    public async Task WhatNobodySigned_IsRefusedBeforeItIsRead()
    {
        (await _world.SendAsync(_world.Delivery("repository", Renamed, secret: null))).Should().Be(401);
        (await _world.SendAsync(_world.Delivery("repository", Renamed, secret: "another"))).Should().Be(401);
        (await _world.SendAsync(_world.Delivery("repository", "no json", secret: "another"))).Should().Be(401);
        (await _world.SendAsync(Twice(_world.Delivery("repository", Renamed)))).Should().Be(401, "one of two signatures is wrong");

        _world.Queue.Should().BeEmpty();
        (await _world.MetricsAsync()).Should().Contain("github_webhook_deliveries_total{event=\"other\",outcome=\"forged\"} 4\n");
    }

    [Fact]
    public async Task ADeliveryIsAcceptedOnce_AndAnEqualOneBringsOneLook_UnderHoweverManyIds()
    {
        await _world.SendAsync(_world.Delivery("repository", Renamed, id: "one"));
        _world.Queue.Clear();

        (await _world.SendAsync(_world.Delivery("repository", Renamed, id: "one"))).Should().Be(200);
        (await _world.SendAsync(_world.Delivery("repository", Renamed, id: "two"))).Should().Be(202);
        (await _world.SendAsync(_world.Delivery("repository", Renamed, id: "three"))).Should().Be(200);

        _world.Queue.Should().Equal(["team-payments/one", "team-payments/two"], "each application of the repository is looked at once more");
        (await _world.MetricsAsync()).Should().Contain("github_webhook_deliveries_total{event=\"repository\",outcome=\"duplicate\"} 2\n");
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("""{"repository":{"id":"42"}}""")]
    public async Task WhatIsSignedButNoDelivery_IsMalformed(string body)
    {
        (await _world.SendAsync("repository", body)).Should().Be(400);
        _world.Queue.Should().BeEmpty();
    }

    [Theory]
    [InlineData("X-GitHub-Event")]
    [InlineData("X-GitHub-Delivery")]
    public async Task WithoutItsHeaders_ADeliveryIsMalformed(string header)
    {
        var request = _world.Delivery("repository", Renamed);
        request.Headers.Remove(header);

        (await _world.SendAsync(request)).Should().Be(400);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", 202)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("text/json", 415)]
    [InlineData(null, 415)]
    public async Task OnlyJsonIsTaken(string? type, int status)
    {
        var request = _world.Delivery("repository", Renamed);
        request.Content!.Headers.Remove("Content-Type");
        if (type is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        (await _world.SendAsync(request)).Should().Be(status);
    }

    [Theory]
    [InlineData(WebhookBody.Limit, false, 400)]
    [InlineData(WebhookBody.Limit + 1, false, 413)]
    [InlineData(WebhookBody.Limit, true, 400)]
    [InlineData(WebhookBody.Limit + 1, true, 413)]
    public async Task WhatIsTooLarge_IsNotRead_WhetherItSaysSoOrNot(int size, bool chunked, int status)
    {
        var request = _world.Delivery("repository", new string('x', size));
        request.Headers.TransferEncodingChunked = chunked;

        (await _world.SendAsync(request)).Should().Be(status);
    }

    [Fact]
    public async Task WhatDoesNotArriveInTime_IsGivenUp()
    {
        var clock = new ManualTime();
        await using var world = await WebhookWorld.StartAsync(clock);
        using var client = new TcpClient();
        await client.ConnectAsync(world.Address.Host, world.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {WebhookEndpoint.Path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.ASCII);
        (await reader.ReadLineAsync()).Should().StartWith("HTTP/1.1 100", "the body is waited for now");
        await reader.ReadLineAsync();

        clock.Advance(WebhookBody.Patience);

        (await reader.ReadLineAsync()).Should().StartWith("HTTP/1.1 408");
        (await world.MetricsAsync()).Should().Contain("outcome=\"timed_out\"} 1\n");
    }

    [Fact]
    public async Task WhoDoesNotLead_DoesNothing_SoThatGitHubShowsTheDeliveryAsFailed()
    {
        _world.Works = false;
        var id = Guid.NewGuid().ToString();
        (await _world.SendAsync(_world.Delivery("repository", Renamed, id: id))).Should().Be(503);
        _world.Queue.Should().BeEmpty();

        _world.Works = true;
        (await _world.SendAsync(_world.Delivery("repository", Renamed, id: id))).Should().Be(202, "it was not accepted before");
        _world.Queue.Should().HaveCount(2);
    }

    [Fact]
    public async Task WithoutAWebhook_ThereIsNothingHere()
    {
        _world.Configure("github: {owner: acme}");

        (await _world.SendAsync("repository", Renamed)).Should().Be(404);
        _world.Queue.Should().BeEmpty();
    }

    [Theory]
    [InlineData("GET", WebhookEndpoint.Path, 405)]
    [InlineData("PUT", WebhookEndpoint.Path, 405)]
    [InlineData("POST", "/webhooks/github/", 404)]
    [InlineData("POST", "/", 404)]
    [InlineData("GET", "/metrics", 404)]
    [InlineData("GET", "/healthz", 404)]
    public async Task NothingElseIsServed(string method, string path, int status) =>
        (await _world.SendAsync(new HttpRequestMessage(new HttpMethod(method), new Uri(_world.Address, path)))).Should().Be(status);

    [Fact]
    public async Task ANewSecretIsGoodAtOnce_AndWhileItIsExchangedTheOldOneToo()
    {
        await File.WriteAllTextAsync(_world.SecretFile, $"{WebhookWorld.Secret}\r\n\n  new  \n");
        (await _world.SendAsync(_world.Delivery("ping", "{}", secret: "new"))).Should().Be(202);
        (await _world.SendAsync(_world.Delivery("ping", "{}"))).Should().Be(202);

        await File.WriteAllTextAsync(_world.SecretFile, "new");
        (await _world.SendAsync(_world.Delivery("ping", "{}"))).Should().Be(401);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n \n")]
    [InlineData(null)]
    public async Task WithoutASecret_NothingIsLetIn(string? content)
    {
        File.Delete(_world.SecretFile);
        if (content is not null)
        {
            await File.WriteAllTextAsync(_world.SecretFile, content);
        }

        (await _world.SendAsync(_world.Delivery("repository", Renamed, secret: ""))).Should().Be(503);

        _world.Queue.Should().BeEmpty();
        _world.Log.Should().ContainSingle().Which.Should().Contain(_world.SecretFile).And.Contain("no secret");
    }

    [Fact]
    public async Task NoSecretAndNoSignatureIsSaid()
    {
        await _world.SendAsync("repository", Renamed);
        await _world.SendAsync(_world.Delivery("repository", Renamed, secret: "another"));

        var said = string.Join('\n', _world.Log) + await _world.MetricsAsync();
        said.Should().NotContain(WebhookWorld.Secret).And.NotContain(WebhookWorld.Sign(Encoding.UTF8.GetBytes(Renamed))[7..]);
    }

    private static HttpRequestMessage Twice(HttpRequestMessage request)
    {
        request.Headers.Add("X-Hub-Signature-256", WebhookWorld.Sign([]));
        return request;
    }
}
