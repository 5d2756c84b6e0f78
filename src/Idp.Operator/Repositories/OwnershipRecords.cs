using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Controllers.Rbac;
using Idp.Kubernetes.Model;
using Microsoft.Extensions.Logging;

namespace Idp.Operator.Repositories;

/// <summary>Keeps keys and adoptions in the operator's own namespace: a Secret and a ConfigMap.</summary>
/// <remarks>
/// The Secret is made when it is needed first, by the replica that leads: nobody else may write. Both are asked for only where a
/// repository has no id in status.
/// </remarks>
/// <param name="client">Reads, and writes where this replica may.</param>
/// <param name="namespace">The operator's own namespace.</param>
/// <param name="clock">Where time comes from.</param>
/// <param name="logger">Is told of a new key.</param>
[GenericRbac(Groups = [""], Resources = ["secrets"], ResourceNames = [KeyName], Verbs = RbacVerb.Get, InOwnNamespace = true)]
[GenericRbac(Groups = [""], Resources = ["secrets", "configmaps"], Verbs = RbacVerb.Create, InOwnNamespace = true)]
[GenericRbac(Groups = [""], Resources = ["configmaps"], ResourceNames = [AdoptionsName], Verbs = RbacVerb.Get | RbacVerb.Update, InOwnNamespace = true)]
public sealed partial class OwnershipRecords(KubeClient client, string @namespace, TimeProvider clock, ILogger<OwnershipRecords> logger)
    : IOwnershipRecords
{
    /// <summary>The name of the Secret.</summary>
    public const string KeyName = "idp-ownership-key";

    /// <summary>The name of the ConfigMap.</summary>
    public const string AdoptionsName = "idp-adoptions";

    /// <summary>How many adoptions are kept: an object of the API server holds a megabyte.</summary>
    internal const int MaxAdoptions = 4_000;

    private const string Field = "keys";
    private const int Attempts = 5;
    private static readonly TimeSpan Serves = TimeSpan.FromMinutes(1);
    private volatile Known? _known;

    /// <summary>Whether a key may be made; who only looks takes one that nothing was ever signed with.</summary>
    public bool MakesKey { get; init; } = true;

    private ObjectKey Adoptions => new(@namespace, AdoptionsName);

    /// <inheritdoc/>
    public async Task<OwnershipKeys> GetKeysAsync(CancellationToken cancellationToken)
    {
        if (_known is { } known && clock.GetElapsedTime(known.At) < Serves)
        {
            return known.Keys;
        }

        try
        {
            var keys = await ReadKeysAsync(cancellationToken);
            _known = new Known(keys, clock.GetTimestamp());
            return keys;
        }
        catch (KubeException error)
        {
            throw Unknown($"Secret {@namespace}/{KeyName}, by which the operator knows its repositories again", error);
        }
    }

    /// <inheritdoc/>
    public async Task<string?> FindAdopterAsync(long repositoryId, CancellationToken cancellationToken)
    {
        try
        {
            var live = await client.FindAsync(WellKnownKinds.ConfigMap, Adoptions, cancellationToken);
            return live is null ? null : Adopter(DataOf(live.ToJson()), repositoryId);
        }
        catch (ForbiddenException) when (!MakesKey)
        {
            return null;
        }
        catch (KubeException error)
        {
            throw Unknown($"ConfigMap {@namespace}/{AdoptionsName}, the record of adoptions,", error);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> RecordAdoptionAsync(long repositoryId, string? before, string adopter, CancellationToken cancellationToken)
    {
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await TryRecordAsync(repositoryId, before, adopter, cancellationToken);
                }
                catch (KubeException error) when (error is ConflictException or AlreadyExistsException && attempt < Attempts)
                {
                    // Somebody else wrote it in between; what it says now decides.
                }
            }
        }
        catch (KubeException error)
        {
            throw Unknown($"ConfigMap {@namespace}/{AdoptionsName}, the record of adoptions,", error);
        }
    }

    private async Task<bool> TryRecordAsync(long repositoryId, string? before, string adopter, CancellationToken cancellationToken)
    {
        var live = (await client.FindAsync(WellKnownKinds.ConfigMap, Adoptions, cancellationToken))?.ToJson();
        var body = live ?? NewObject("ConfigMap", AdoptionsName);
        var data = DataOf(body);
        if (Adopter(data, repositoryId) != before)
        {
            return false;
        }

        if (before is null && data.Count >= MaxAdoptions)
        {
            throw new OwnershipUnknownException(
                $"ConfigMap {@namespace}/{AdoptionsName} records {MaxAdoptions} adoptions, as many as it can: the platform team has to take out those of "
                + "repositories that are gone.");
        }

        data[KeyOf(repositoryId)] = adopter;
        body["data"] = data.DeepClone();
        await (live is null
            ? client.CreateAsync(WellKnownKinds.ConfigMap, body, cancellationToken)
            : client.ReplaceAsync(WellKnownKinds.ConfigMap, body, cancellationToken));
        return true;
    }

    private async Task<OwnershipKeys> ReadKeysAsync(CancellationToken cancellationToken)
    {
        var key = new ObjectKey(@namespace, KeyName);
        try
        {
            if (await client.FindAsync(WellKnownKinds.Secret, key, cancellationToken) is { } live)
            {
                return KeysOf(live);
            }
        }
        catch (ForbiddenException) when (!MakesKey)
        {
            return OwnershipKeys.Random();
        }

        return MakesKey ? await MakeKeyAsync(key, cancellationToken) : OwnershipKeys.Random();
    }

    private async Task<OwnershipKeys> MakeKeyAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var body = NewObject("Secret", KeyName);
        body["type"] = "Opaque";
        body["stringData"] = new JsonObject { [Field] = OwnershipKeys.NewText() };
        try
        {
            var made = await client.CreateAsync(WellKnownKinds.Secret, body, cancellationToken);
            LogMade(@namespace, KeyName);
            return KeysOf(made);
        }
        catch (AlreadyExistsException)
        {
            return KeysOf(await client.GetAsync(WellKnownKinds.Secret, key, cancellationToken));
        }
    }

    private OwnershipKeys KeysOf(KubeObject secret)
    {
        var encoded = secret.ToJson()["data"]?[Field]?.GetValue<string>() ?? "";
        var bytes = new byte[encoded.Length];
        var keys = Convert.TryFromBase64String(encoded, bytes, out var length) ? OwnershipKeys.Read(Encoding.UTF8.GetString(bytes, 0, length)) : null;
        return keys ?? throw new OwnershipUnknownException(
            $"Secret {@namespace}/{KeyName} holds no keys: its field {Field} must have one key per line, each the Base64 of at least {OwnershipKeys.Length} "
            + "bytes. The platform team has to restore it from its backup.");
    }

    private JsonObject NewObject(string kind, string name) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = kind,
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = @namespace,
            ["labels"] = new JsonObject { [Labels.ManagedBy] = Labels.Manager },
        },
    };

    private static JsonObject DataOf(JsonObject body) => body["data"]?.DeepClone() as JsonObject ?? [];

    private static string? Adopter(JsonObject data, long repositoryId) => data[KeyOf(repositoryId)]?.GetValue<string>();

    private static string KeyOf(long repositoryId) => repositoryId.ToString(CultureInfo.InvariantCulture);

    private static OwnershipUnknownException Unknown(string what, KubeException error) =>
        new($"{what} cannot be used, so nothing is decided by it: {error.Message}", error);

    private sealed record Known(OwnershipKeys Keys, long At);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Made a new key in Secret {Namespace}/{Name}. Keep a backup of it: without it, repositories whose id is not in status are not known again.")]
    private partial void LogMade(string @namespace, string name);
}
