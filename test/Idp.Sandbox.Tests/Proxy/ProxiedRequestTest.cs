using Idp.Testing.Proxy;

namespace Idp.Sandbox.Tests.Proxy;

public sealed class ProxiedRequestTest
{
    [Theory]
    [InlineData("PATCH", "/apis/idp.dev/v1alpha1/namespaces/team/backendapps/a/status", "fieldManager=x", "backendapps")]
    [InlineData("DELETE", "/api/v1/namespaces/home", "", "namespaces")]
    [InlineData("PUT", "/api/v1/namespaces/home/finalize", "", "namespaces")]
    [InlineData("POST", "/api/v1/namespaces/home/events", "", "events")]
    [InlineData("POST", "/orgs/acme/repos", "", "")]
    public void TellsWrites(string method, string path, string query, string resource)
    {
        var request = Of(method, path, query);

        request.IsWrite.Should().BeTrue();
        request.Resource.Should().Be(resource);
    }

    [Theory]
    [InlineData("GET", "/api/v1/namespaces", "")]
    [InlineData("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "")]
    [InlineData("PATCH", "/api/v1/namespaces/home", "fieldManager=x&dryRun=All")]
    public void TellsWhatOnlyAsks(string method, string path, string query) => Of(method, path, query).IsWrite.Should().BeFalse();

    [Theory]
    [InlineData("/api/v1/namespaces", "", true, false)]
    [InlineData("/apis/idp.dev/v1alpha1/backendapps", "limit=500", true, false)]
    [InlineData("/apis/idp.dev/v1alpha1/namespaces/team/backendapps", "", true, false)]
    [InlineData("/apis/idp.dev/v1alpha1/namespaces/team/backendapps/a", "", false, false)]
    [InlineData("/apis/idp.dev/v1alpha1/backendapps", "watch=true&resourceVersion=1", false, true)]
    public void TellsListsFromWatches(string path, string query, bool isList, bool isWatch)
    {
        var request = Of("GET", path, query);

        (request.IsList, request.IsWatch).Should().Be((isList, isWatch));
    }

    private static ProxiedRequest Of(string method, string path, string query) => new()
    {
        Number = 1,
        Time = default,
        Method = method,
        Path = path,
        Query = query,
        UserAgent = "",
    };
}
