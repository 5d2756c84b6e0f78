namespace Idp.EndToEnd.Tests.World;

/// <summary>A world whose golden paths are template repositories on GitHub.</summary>
[CollectionDefinition(Name)]
public sealed class TemplateWorld : ICollectionFixture<TemplatePlatform>
{
    public const string Name = "the world of template repositories";
}
