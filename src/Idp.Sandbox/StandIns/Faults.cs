using System.Collections.Concurrent;
using Idp.Kubernetes.Model;

namespace Idp.Sandbox.StandIns;

/// <summary>The script of misbehaviour: what the stand-ins shall let go wrong, without a write to anybody's object.</summary>
/// <remarks>Safe from any thread. Every change makes the stand-ins look at the world again.</remarks>
public sealed class Faults
{
    private readonly ConcurrentDictionary<(string Kind, ObjectKey Key), string> _failing = new();
    private readonly ConcurrentDictionary<(string Kind, ObjectKey Key), bool> _held = new();
    private readonly ConcurrentDictionary<string, bool> _missingRemoteKeys = new(StringComparer.Ordinal);

    /// <summary>Raised after every change.</summary>
    public event Action? Changed;

    /// <summary>Makes the object fail with a message in its own controller's manner, until it is healed.</summary>
    /// <param name="kind">The kind, as <see cref="ResourceKind.ToString"/> prints it: <c>Cluster.postgresql.cnpg.io</c>.</param>
    /// <param name="key">The object.</param>
    /// <param name="message">What its status shall say.</param>
    public void Fail(string kind, ObjectKey key, string message) => Change(() => _failing[(kind, key)] = message);

    /// <summary>Makes the object's controller ignore it, so that it stays as it is, until it is healed.</summary>
    /// <param name="kind">The kind, as for <see cref="Fail"/>.</param>
    /// <param name="key">The object.</param>
    public void Hold(string kind, ObjectKey key) => Change(() => _held[(kind, key)] = true);

    /// <summary>Ends what <see cref="Fail"/> and <see cref="Hold"/> began.</summary>
    /// <param name="kind">The kind, as for <see cref="Fail"/>.</param>
    /// <param name="key">The object.</param>
    public void Heal(string kind, ObjectKey key) => Change(() =>
    {
        _failing.TryRemove((kind, key), out _);
        _held.TryRemove((kind, key), out _);
    });

    /// <summary>Takes a key out of the pretended secret store; by default it has every key.</summary>
    /// <param name="remoteKey">The key, such as <c>payments/stripe</c>.</param>
    public void LoseRemoteKey(string remoteKey) => Change(() => _missingRemoteKeys[remoteKey] = true);

    /// <summary>Puts a key back into the pretended secret store.</summary>
    /// <param name="remoteKey">The key, such as <c>payments/stripe</c>.</param>
    public void RestoreRemoteKey(string remoteKey) => Change(() => _missingRemoteKeys.TryRemove(remoteKey, out _));

    internal string? MessageFor(ResourceKind kind, ObjectKey key) => _failing.GetValueOrDefault((kind.ToString(), key));

    internal bool IsHeld(ResourceKind kind, ObjectKey key) => _held.ContainsKey((kind.ToString(), key));

    internal bool IsMissing(string remoteKey) => _missingRemoteKeys.ContainsKey(remoteKey);

    private void Change(Action change)
    {
        change();
        Changed?.Invoke();
    }
}
