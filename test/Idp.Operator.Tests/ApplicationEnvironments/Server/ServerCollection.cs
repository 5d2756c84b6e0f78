namespace Idp.Operator.Tests.ApplicationEnvironments.Server;

[CollectionDefinition(Name)]
public sealed class ServerCollection : ICollectionFixture<ServerFixture>
{
    public const string Name = "environments on a real API server";
}
