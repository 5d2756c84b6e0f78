using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Apply;

/// <summary>An object that shall go and is still there.</summary>
/// <param name="Item">The object.</param>
/// <param name="Message">What it waits for, such as its finalizers, or why it cannot be deleted.</param>
public sealed record RemainingObject(InventoryItem Item, string Message);
