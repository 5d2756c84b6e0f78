using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Idp.Bench.World;
using Idp.Sandbox.Processes;
using Idp.Sandbox.Yaml;

namespace Idp.Bench.Measuring;

/// <summary>What the API server can take at best here: the operator's own objects, applied by a loop that does nothing else.</summary>
/// <remarks>
/// The bodies are those that <c>idp plan</c> prints, the account is the operator's, the connection HTTP/2, and as many
/// requests are under way as the operator has workers. Nothing is read, compared, watched or parsed.
/// </remarks>
internal sealed class Floor
{
    /// <summary>As many as the operator's workers, both controllers together.</summary>
    public static readonly int Concurrency = 2 * Math.Max(4, 2 * Environment.ProcessorCount);

    private const int SampleNumber = 99_999;
    private readonly List<(string Path, string Body)> _templates;
    private readonly HttpClient _http;

    private Floor(List<(string Path, string Body)> templates, HttpClient http) => (_templates, _http) = (templates, http);

    /// <summary>Applies the objects of so many applications, and returns how many it applied in a second.</summary>
    public static async Task<double> MeasureAsync(BenchWorld world, string binary, int apps, CancellationToken cancellationToken)
    {
        using var http = Client(world.OperatorKubeconfig);
        var floor = new Floor(await TemplatesAsync(world, binary, cancellationToken), http);
        await floor.ApplyAsync(0, 20, cancellationToken);
        var began = Stopwatch.GetTimestamp();
        await floor.ApplyAsync(20, apps, cancellationToken);
        return apps * floor._templates.Count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private Task ApplyAsync(int from, int count, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Enumerable.Range(from, count),
        new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken },
        ApplyAsync);

    private async ValueTask ApplyAsync(int number, CancellationToken cancellationToken)
    {
        foreach (var (path, body) in _templates)
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, new Uri(Of(path, number), UriKind.Relative));
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Of(body, number)));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/apply-patch+yaml");
            using var response = await _http.SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.Created)
            {
                throw new InvalidOperationException($"{path}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
            }
        }
    }

    private static string Of(string template, int number)
    {
        var (sample, app) = (BenchWorld.AppKey(SampleNumber), BenchWorld.AppKey(number));
        return template
            .Replace(sample.Name, app.Name, StringComparison.Ordinal)
            .Replace(sample.Namespace, app.Namespace, StringComparison.Ordinal);
    }

    private static async Task<List<(string Path, string Body)>> TemplatesAsync(
        BenchWorld world, string binary, CancellationToken cancellationToken)
    {
        var manifest = Path.Combine(Path.GetDirectoryName(world.PlatformPath)!, "sample.json");
        await File.WriteAllTextAsync(manifest, BenchWorld.Manifest(SampleNumber).ToJsonString(), cancellationToken);
        var plan = await new Command(binary, "plan", "-f", manifest, "--offline", "--platform", world.PlatformPath).RunAsync(cancellationToken);
        if (!plan.Succeeded)
        {
            throw new InvalidOperationException($"idp plan failed: {plan.LastLine}");
        }

        // The environment belongs to its BackendApp, whose uid is not known here; a made-up one would have it collected as garbage.
        return [.. YamlText.ReadObjects(plan.Output).Select(WithoutOwner).Select(body => (PathOf(body), body.ToJsonString()))];
    }

    private static JsonObject WithoutOwner(JsonObject body)
    {
        body["metadata"]!.AsObject().Remove("ownerReferences");
        return body;
    }

    private static string PathOf(JsonObject body)
    {
        var (version, kind, metadata) = ((string)body["apiVersion"]!, (string)body["kind"]!, body["metadata"]!);
        var root = version.Contains('/', StringComparison.Ordinal) ? $"apis/{version}" : $"api/{version}";
        var place = (string?)metadata["namespace"] is { } name ? $"{root}/namespaces/{name}" : root;
        var plural = kind == "NetworkPolicy" ? "networkpolicies" : kind.ToLowerInvariant() + "s";
        return $"{place}/{plural}/{metadata["name"]}?fieldManager=idp-operator";
    }

    private static HttpClient Client(string kubeconfig)
    {
        var config = JsonNode.Parse(File.ReadAllText(kubeconfig))!;
        var cluster = config["clusters"]![0]!["cluster"]!;
        var authority = Convert.FromBase64String((string)cluster["certificate-authority-data"]!);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(authority));
        var handler = new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy } };
        return new HttpClient(handler)
        {
            BaseAddress = new Uri((string)cluster["server"]! + "/"),
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", (string)config["users"]![0]!["user"]!["token"]!) },
        };
    }
}
