using Idp.Entities;
using Idp.Operator.BackendApps;

namespace Idp.Operator.Tests.BackendApps;

public sealed class DeletionStatusTest
{
    private static readonly GitHub.Repository Own = Apps.Repository();
    private static readonly GitHub.Repository Deployment = Apps.Repository() with { Id = 8, Name = "payment-service-deploy" };

    [Theory]
    [InlineData(null, false)]
    [InlineData("payment-service-deploy", false)]
    [InlineData("payment-service", true)]
    public void TheApplicationsRepositoryConfirmsBoth_AlsoWhereOnlyTheOtherIsLeft(string? annotation, bool isConfirmed)
    {
        var app = Confirmed(annotation);

        (DeletionStatus.NotConfirmed(app, new OwnRepositories("payment-service", [Own, Deployment])) is null).Should().Be(isConfirmed);
        (DeletionStatus.NotConfirmed(app, new OwnRepositories("payment-service", [Deployment])) is null).Should().Be(isConfirmed);
    }

    [Fact]
    public void EverythingThatGoesIsNamed_WithTheCommandToType()
    {
        var app = Confirmed(null);

        DeletionStatus.NotConfirmed(app, new OwnRepositories("payment-service", [Own, Deployment])).Should()
            .StartWith("Repositories acme/payment-service (id 7) and acme/payment-service-deploy (id 8) are deleted")
            .And.Contain($"kubectl annotate backendapp payment-service -n team-payments {Annotations.ConfirmDelete}=payment-service ");
        DeletionStatus.NotConfirmed(app, new OwnRepositories("payment-service", [Own])).Should().StartWith("Repository acme/payment-service (id 7) is deleted");
    }

    private static BackendApp Confirmed(string? name)
    {
        var app = Apps.Read("{}");
        return name is null
            ? app
            : new BackendApp
            {
                Metadata = app.Metadata with { Annotations = new Dictionary<string, string> { [Annotations.ConfirmDelete] = name } },
                Spec = app.Spec,
            };
    }
}
