namespace Idp.EndToEnd.Tests.Tenants;

/// <summary>The world in which one team attacks another.</summary>
[CollectionDefinition(Name)]
public sealed class TenantsWorld : ICollectionFixture<TenantsPlatform>
{
    public const string Name = "the world of tenants";
}
