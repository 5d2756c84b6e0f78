using System.Net;
using System.Text;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Tests.Client;

/// <summary>However much a server sends, no more than the limit of its kind is read.</summary>
public sealed class BoundsTest
{
    private const long Object = 8 << 20;
    private static readonly ObjectKey Key = new("a", "b");

    [Fact]
    public async Task ObjectWithoutAnEnd_IsRefused()
    {
        var body = new EndlessStream("{\"data\":\""u8.ToArray());
        using var client = ClientOf(HttpStatusCode.OK, body);
        var get = () => client.GetAsync(WellKnownKinds.ConfigMap, Key, CancellationToken.None);

        (await get.Should().ThrowAsync<AnswerTooLargeException>()).Which.Message.Should().Contain("ConfigMap a/b").And.Contain("8192 KiB");
        body.Taken.Should().BeLessThan(2 * Object);
    }

    [Theory]
    [InlineData("{\"items\":[{\"data\":\"")]
    [InlineData("{\"metadata\":{\"continue\":\"")]
    [InlineData("{\"")]
    public async Task ListWhoseObjectHasNoEnd_IsRefused(string beginning)
    {
        var body = new EndlessStream(Encoding.UTF8.GetBytes(beginning));
        using var client = ClientOf(HttpStatusCode.OK, body);
        var list = () => client.ListPageAsync(WellKnownKinds.ConfigMap, new ListOptions(), CancellationToken.None);

        await list.Should().ThrowAsync<AnswerTooLargeException>();
        body.Taken.Should().BeLessThan(3 * Object);
    }

    [Fact]
    public async Task LineOfAWatchWithoutAnEnd_IsRefused()
    {
        var body = new EndlessStream("{\"type\":\"ADDED\",\"object\":{\"a\":\""u8.ToArray());
        using var client = ClientOf(HttpStatusCode.OK, body);
        await using var stream = await client.WatchAsync(
            WellKnownKinds.ConfigMap, new WatchOptions { ResourceVersion = "1" }, CancellationToken.None);
        await using var events = stream.GetAsyncEnumerator();
        var next = async () => await events.MoveNextAsync();

        await next.Should().ThrowAsync<AnswerTooLargeException>();
        body.Taken.Should().BeLessThan(2 * Object);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, typeof(ForbiddenException))]
    [InlineData(HttpStatusCode.TooManyRequests, typeof(TooManyRequestsException))]
    [InlineData(HttpStatusCode.BadGateway, typeof(UnavailableException))]
    public async Task RefusalWithTooManyWords_KeepsItsMeaning(HttpStatusCode code, Type type)
    {
        var body = new EndlessStream("{\"message\":\""u8.ToArray());
        using var client = ClientOf(code, body);
        var get = () => client.GetAsync(WellKnownKinds.ConfigMap, Key, CancellationToken.None);

        (await get.Should().ThrowAsync<KubeException>()).Which.Should().BeOfType(type);
        body.Taken.Should().BeLessThan(1 << 20);
    }

    [Fact]
    public void FileWithoutAnEnd_IsRefused()
    {
        var read = () => BoundedText.OfFile("/dev/zero", 64 * 1024);

        read.Should().Throw<IOException>().WithMessage("*larger than 64 KiB*");
    }

    private static KubeClient ClientOf(HttpStatusCode code, Stream body) => Answers.ClientOf(
        _ => new HttpResponseMessage(code) { Content = new StreamContent(body) }, new KubeClientSettings());
}
