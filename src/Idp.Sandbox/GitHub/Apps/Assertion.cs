using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>Checks the signed text by which an App shows that it is itself. Pure.</summary>
/// <remarks>
/// See https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app.
/// </remarks>
internal static class Assertion
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);
    private static readonly Reply Undecodable = Reply.Error(401, "A JSON web token could not be decoded");

    /// <summary>Returns the refusal, or null for one that holds.</summary>
    public static Reply? Refuse(string text, GitHubServerApp app, string publicKeyPem, DateTimeOffset now)
    {
        if (text.Split('.') is not [var header, var payload, var signature]
            || Object(header)?.Text("alg") != "RS256"
            || Object(payload) is not { } claims)
        {
            return Undecodable;
        }

        if (claims["iss"]?.ToString() is not { } issuer
            || (issuer != app.Id.ToString(CultureInfo.InvariantCulture) && issuer != app.ClientId))
        {
            return Reply.Error(404, "Integration not found");
        }

        return IsSigned($"{header}.{payload}", signature, publicKeyPem) ? Times(claims, now) : Undecodable;
    }

    private static Reply? Times(JsonObject claims, DateTimeOffset now)
    {
        var present = now.ToUnixTimeSeconds();
        if (Number(claims, "iat") is not { } issued || issued > present)
        {
            return Reply.Error(
                401, "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued");
        }

        if (Number(claims, "exp") is not { } expires || expires <= present)
        {
            return Reply.Error(
                401, "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires");
        }

        return expires > (now + LongestLife).ToUnixTimeSeconds()
            ? Reply.Error(401, "'Expiration time' claim ('exp') is too far in the future")
            : null;
    }

    private static bool IsSigned(string text, string signature, string publicKeyPem)
    {
        using var key = RSA.Create();
        key.ImportFromPem(publicKeyPem);
        return Bytes(signature) is { } bytes
            && key.VerifyData(Encoding.ASCII.GetBytes(text), bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static long? Number(JsonObject claims, string name) =>
        claims[name] is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    private static JsonObject? Object(string part)
    {
        try
        {
            return Bytes(part) is { } bytes ? JsonNode.Parse(bytes) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Bytes(string part)
    {
        try
        {
            return Base64Url.DecodeFromChars(part);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
