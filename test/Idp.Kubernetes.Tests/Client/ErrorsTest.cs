using System.Net;
using System.Text;
using Idp.Kubernetes.Client;

namespace Idp.Kubernetes.Tests.Client;

/// <summary>Errors have a meaning by type and Status, never by message (R13).</summary>
public sealed class ErrorsTest
{
    [Theory]
    [InlineData(401, "Unauthorized", typeof(UnauthorizedException))]
    [InlineData(403, "Forbidden", typeof(ForbiddenException))]
    [InlineData(409, "Conflict", typeof(ConflictException))]
    [InlineData(409, "AlreadyExists", typeof(AlreadyExistsException))]
    [InlineData(410, "Expired", typeof(GoneException))]
    [InlineData(410, "Gone", typeof(GoneException))]
    [InlineData(422, "Invalid", typeof(InvalidException))]
    [InlineData(429, "TooManyRequests", typeof(TooManyRequestsException))]
    [InlineData(400, "BadRequest", typeof(BadRequestException))]
    [InlineData(405, "MethodNotAllowed", typeof(BadRequestException))]
    [InlineData(500, "InternalError", typeof(UnavailableException))]
    [InlineData(503, "ServiceUnavailable", typeof(UnavailableException))]
    [InlineData(504, "Timeout", typeof(UnavailableException))]
    public void ErrorsAreTypesByMeaning(int code, string reason, Type expected)
    {
        var body = $$"""{"kind":"Status","code":{{code}},"reason":"{{reason}}","message":"the server's words"}""";

        var error = From(code, body);

        error.Should().BeOfType(expected);
        error.Status.Reason.Should().Be(reason);
        error.Message.Should().Be("GET ConfigMap default/web: the server's words");
    }

    [Fact]
    public void MissingObject_IsNamedInTheDetails() =>
        From(404, """{"code":404,"reason":"NotFound","message":"gone","details":{"name":"web","kind":"configmaps"}}""")
            .Should().BeOfType<NotFoundException>();

    [Theory]
    [InlineData("404 page not found\n")]
    [InlineData("""{"code":404,"reason":"NotFound","message":"the server could not find the requested resource","details":{}}""")]
    public void UnservedKind_IsNoMissingObject(string body) => From(404, body).Should().BeOfType<KindNotFoundException>();

    [Theory]
    [InlineData("")]
    [InlineData("<html>bad gateway</html>")]
    [InlineData("{\"half")]
    public void AnswerThatIsNoStatus_CountsByItsCode(string body)
    {
        var error = From(502, body);

        error.Should().BeOfType<UnavailableException>();
        error.Status.Code.Should().Be(502);
    }

    [Fact]
    public void RetryAfter_IsKept()
    {
        const string Body = """{"code":429,"reason":"TooManyRequests","details":{"retryAfterSeconds":3}}""";

        From(429, Body).As<TooManyRequestsException>().RetryAfter.Should().Be(TimeSpan.FromSeconds(3));
        Errors.From("GET", HttpStatusCode.TooManyRequests, Encoding.UTF8.GetBytes(Body), TimeSpan.FromSeconds(7))
            .As<TooManyRequestsException>().RetryAfter.Should().Be(TimeSpan.FromSeconds(7), "the header is the newer word");
    }

    [Fact]
    public void CausesCanBeAskedFor() =>
        From(403, """{"code":403,"reason":"Forbidden","details":{"causes":[{"reason":"NamespaceTerminating"}]}}""")
            .Status.HasCause("NamespaceTerminating").Should().BeTrue();

    private static KubeException From(int code, string body) =>
        Errors.From("GET ConfigMap default/web", (HttpStatusCode)code, Encoding.UTF8.GetBytes(body), retryAfter: null);
}
