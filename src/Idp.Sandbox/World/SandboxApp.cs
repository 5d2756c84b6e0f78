using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Idp.Sandbox.GitHub;

namespace Idp.Sandbox.World;

/// <summary>The GitHub App that the operator of a sandbox works as, with a key made for this sandbox alone.</summary>
internal sealed class SandboxApp
{
    private const long FirstInstallation = 4711;
    private readonly string _privateKey;

    public SandboxApp(IReadOnlyList<string> organisations)
    {
        using var key = RSA.Create(2048);
        _privateKey = key.ExportRSAPrivateKeyPem();
        Registration = new GitHubServerApp
        {
            PublicKeyPem = key.ExportSubjectPublicKeyInfoPem(),
            Installations = organisations.Index().ToDictionary(entry => entry.Item, entry => FirstInstallation + entry.Index),
        };
    }

    /// <summary>The App as GitHub knows it: installed in every organisation.</summary>
    public GitHubServerApp Registration { get; }

    /// <summary>Writes the key, and has the settings name the App in place of the token.</summary>
    public async Task WriteAsync(string keyFile, JsonObject settings, CancellationToken cancellationToken)
    {
        await PrivateFile.WriteAsync(keyFile, _privateKey, cancellationToken);
        var github = settings["github"]!.AsObject();
        github.Remove("tokenFile");
        github["app"] = new JsonObject
        {
            ["id"] = Registration.Id.ToString(CultureInfo.InvariantCulture),
            ["privateKeyFile"] = keyFile,
        };
    }
}
