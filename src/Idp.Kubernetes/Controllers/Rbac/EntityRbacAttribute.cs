namespace Idp.Kubernetes.Controllers.Rbac;

/// <summary>What a controller needs to do with entities; the operator's role is generated from it.</summary>
/// <param name="entities">The entity types.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class EntityRbacAttribute(params Type[] entities) : Attribute
{
    /// <summary>The entity types.</summary>
    public IReadOnlyList<Type> Entities { get; } = entities;

    /// <summary>What is done with the entities themselves.</summary>
    public RbacVerb Verbs { get; init; }

    /// <summary>What is done with their status subresource.</summary>
    public RbacVerb StatusVerbs { get; init; }
}
