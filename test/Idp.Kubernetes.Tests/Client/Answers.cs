using System.Net;
using System.Text;
using Idp.Kubernetes.Client;

namespace Idp.Kubernetes.Tests.Client;

/// <summary>Clients whose server is a script, for answers that a real server gives too seldom.</summary>
internal static class Answers
{
    public static KubeClient ClientOf(Func<HttpRequestMessage, HttpResponseMessage> answer, KubeClientSettings? settings = null) =>
        ClientOf((request, _) => Task.FromResult<HttpResponseMessage?>(answer(request)), settings);

    public static KubeClient ClientOf(
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage?>> answer,
        KubeClientSettings? settings = null) =>
        new(new HttpClient(new Intercept(answer) { InnerHandler = new HttpClientHandler() }) { BaseAddress = new Uri("http://server.test/") }, settings);

    public static HttpResponseMessage Json(string body, HttpStatusCode code = HttpStatusCode.OK) => new(code)
    {
        Content = new StringContent(body, Encoding.UTF8, "application/json"),
    };

    public static HttpResponseMessage Text(string body, HttpStatusCode code) => new(code) { Content = new StringContent(body) };
}
