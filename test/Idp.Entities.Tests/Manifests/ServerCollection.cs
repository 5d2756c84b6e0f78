namespace Idp.Entities.Tests.Manifests;

[CollectionDefinition(Name)]
public sealed class ServerCollection : ICollectionFixture<ServerWithKinds>
{
    public const string Name = "API server";
}
