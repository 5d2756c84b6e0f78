using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;
using Idp.Operator.ApplicationEnvironments;

namespace Idp.Operator.Tests.ApplicationEnvironments;

public sealed class RepositoryUseTest
{
    [Theory]
    [InlineData("https://github.com/acme/payment-service.git")]
    [InlineData("https://github.com/acme/payment-service")]
    [InlineData("https://GitHub.com:443/Acme/Payment-Service")]
    [InlineData("http://github.com/acme/payment-service.git")]
    [InlineData("https://github.com/acme/payment-service-deploy.git")]
    public void AnotherTeamsRepository_IsRecognisedInEverySpelling(string url) =>
        RepositoryUse.ForeignOwner(Environment("team-shop", url), Applications("team-payments")).Should().Be("team-payments/payment-service");

    [Theory]
    [InlineData("team-payments", "https://github.com/acme/payment-service.git")]
    [InlineData("team-shop", "https://github.com/acme/something-else.git")]
    public void OnesOwnRepository_AndNobodys_MayBeDeployed(string home, string url) =>
        RepositoryUse.ForeignOwner(Environment(home, url), Applications("team-payments")).Should().BeNull();

    [Fact]
    public void AForgedOwnerReference_DoesNotHelp() =>
        RepositoryUse.ForeignOwner(
            Environment("team-shop", "https://github.com/acme/payment-service.git", ownedBy: "payment-service"),
            Applications("team-payments")).Should().Be("team-payments/payment-service");

    [Theory]
    [InlineData("https://GitHub.com:443/Acme/Payment-Service", true)]
    [InlineData("https://github.com/acme/payment-service-deploy", true)]
    [InlineData("https://github.com/acme/something-else.git", false)]
    public void WhoWantsARepository_ComesBackWhenItsApplicationGoes(string source, bool comesBack)
    {
        var app = Application("team-payments");
        var environment = KubeObject.From(ApplicationEnvironment.ResourceKind, new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "grab", ["namespace"] = "team-shop" },
            ["spec"] = new JsonObject { ["application"] = "grab", ["stage"] = "Staging", ["source"] = new JsonObject { ["repoURL"] = source, ["path"] = "deploy" } },
        });

        RepositoryUse.OwnSourcesChanged(app, after: null).Should().BeTrue();
        RepositoryUse.Users(new KnownObjects(environment), app).Should().Equal(comesBack ? [environment.Key] : []);
    }

    private static ApplicationEnvironment Environment(string home, string url, string? ownedBy = null) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = "grab",
            Namespace = home,
            OwnerReferences = ownedBy is null
                ? []
                : [new OwnerReference { ApiVersion = "idp.dev/v1alpha1", Kind = "BackendApp", Name = ownedBy, Uid = "uid-1", Controller = true }],
        },
        Spec = new ApplicationEnvironmentSpec { Application = "grab", Source = new SourceSpec { RepoUrl = url, Path = "deploy" } },
    };

    private static OneApplication Applications(string home) => new(Application(home));

    private static KubeObject Application(string home) => KubeObject.From(BackendApp.ResourceKind, new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = "payment-service", ["namespace"] = home, ["uid"] = "uid-1" },
        ["status"] = new JsonObject
        {
            ["repository"] = new JsonObject { ["id"] = 1, ["cloneUrl"] = "https://github.com/acme/payment-service.git" },
            ["deploymentRepository"] = new JsonObject { ["id"] = 2, ["cloneUrl"] = "https://github.com/acme/payment-service-deploy.git" },
        },
    });

    private sealed class OneApplication(KubeObject app) : IObjectReader
    {
        public KubeObject? Find(ResourceKind kind, ObjectKey key) => key == app.Key ? app : null;

        public IReadOnlyList<KubeObject> List(ResourceKind kind) => [app];

        public IReadOnlyList<KubeObject> List(ResourceKind kind, ObjectIndexer indexer, string value) =>
            indexer.ValueOf(app) == value ? [app] : [];

        public bool IsServed(ResourceKind kind) => true;
    }
}
