using System.Reflection;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Tests.Client;

/// <summary>
/// The account of a pod, over a real connection. Where it is, a process finds by its variables and one fixed folder: so nothing runs
/// beside these tests, and the package is told of another folder.
/// </summary>
[Collection(HeapCollection.Name)]
public sealed class InClusterTest : IDisposable
{
    private const string Host = "KUBERNETES_SERVICE_HOST";
    private const string Port = "KUBERNETES_SERVICE_PORT";
    private static readonly FieldInfo Where = Assembly.Load("KubernetesClient.Aot")
        .GetType("k8s.KubernetesClientConfiguration", throwOnError: true)!
        .GetField("ServiceAccountPath", BindingFlags.Static | BindingFlags.NonPublic)!;

    private readonly KubeconfigFolder _folder = new();
    private readonly object? _place = Where.GetValue(null);

    public InClusterTest() => Where.SetValue(null, _folder.Path);

    public void Dispose()
    {
        Where.SetValue(null, _place);
        SetServer(null, null);
        _folder.Dispose();
    }

    [Fact]
    public async Task RotatedToken_IsTaken()
    {
        var wanted = "Bearer one";
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Wants(() => wanted));
        SetServer("127.0.0.1", $"{server.Address.Port}");
        WriteAccount(server.Authority, "one");
        using var client = KubeClient.Create(KubeConfig.InCluster());
        await AskAsync(client);

        _folder.Write("token", "two");
        wanted = "Bearer two";
        await AskAsync(client);

        server.Requests.Select(asked => asked.Authorization).Should().Equal("Bearer one", "Bearer one", "Bearer two");
    }

    [Fact]
    public async Task ServerOfAnotherName_IsRefused()
    {
        await using var server = await ScriptedServer.StartAsync(null, "somebody.else");
        SetServer("127.0.0.1", $"{server.Address.Port}");
        WriteAccount(server.Authority, "one");
        using var client = KubeClient.Create(KubeConfig.InCluster());

        await client.Awaiting(AskAsync).Should().ThrowAsync<UnavailableException>();

        server.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("10.0.0.1", "443", "https://10.0.0.1")]
    [InlineData("fd00::1", "6443", "https://[fd00::1]:6443")]
    public void PodAccount_IsReadFromItsFolder(string host, string port, string expected)
    {
        using var authority = new TestAuthority();
        SetServer(host, port);
        WriteAccount(authority.Pem, "one");

        KubeConfig.InCluster().Server.Should().Be(new Uri(expected));
        KubeConfig.InCluster().Namespace.Should().Be("platform");
    }

    [Fact]
    public void WhatIsMissing_IsSaid()
    {
        using var authority = new TestAuthority();
        WriteAccount(authority.Pem, "one");
        FluentActions.Invoking(KubeConfig.InCluster).Should().Throw<KubeConfigException>().WithMessage("*KUBERNETES_SERVICE_HOST*");

        SetServer("10.0.0.1", "443");
        File.Delete(Path.Combine(_folder.Path, "token"));
        FluentActions.Invoking(KubeConfig.InCluster).Should().Throw<KubeConfigException>().WithMessage("*service account token*");
    }

    private static Task AskAsync(KubeClient client) => client.GetAsync(WellKnownKinds.ConfigMap, new ObjectKey("x", "y"), CancellationToken.None);

    private static void SetServer(string? host, string? port)
    {
        Environment.SetEnvironmentVariable(Host, host);
        Environment.SetEnvironmentVariable(Port, port);
    }

    private void WriteAccount(string authority, string token)
    {
        _folder.Write("ca.crt", authority);
        _folder.Write("namespace", "platform\n");
        _folder.Write("token", token);
    }
}
