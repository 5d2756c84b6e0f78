using Idp.Kubernetes.Client;

namespace Idp.Kubernetes.Tests.Client;

/// <summary>Who sends a request can always be said, whatever the host is called.</summary>
public sealed class UserAgentTest
{
    [Theory]
    [InlineData("idp-operator", "0.1.0+abc", "idp-operator-7d4b9-x2x4z", "idp-operator/0.1.0+abc (idp-operator-7d4b9-x2x4z)")]
    [InlineData("my operator", "1/2", "büro (links)\r\nX: y\\", "my_operator/1_2 (b_ro _links___X: y_)")]
    public void Name_Version_AndInstance_AreLegalInAHeader(string name, string version, string instance, string expected)
    {
        var value = UserAgent.Of(name, version, instance);

        value.Should().Be(expected);
        using var request = new HttpRequestMessage();
        request.Headers.UserAgent.TryParseAdd(value).Should().BeTrue("GitHub's client reads it before it sends it");
    }
}
