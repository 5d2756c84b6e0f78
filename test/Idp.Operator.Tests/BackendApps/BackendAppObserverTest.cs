using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Operator.BackendApps;
using Idp.Operator.Tests.ApplicationEnvironments;

namespace Idp.Operator.Tests.BackendApps;

public sealed class BackendAppObserverTest
{
    [Fact]
    public void AnEnvironmentOfAnotherNamespace_IsNotTheApplications_WhateverOwnerItNames()
    {
        var (own, forged) = (Environment("team-a"), Environment("team-b"));
        var observer = new BackendAppObserver(new KnownObjects(own, forged), null!, null!, null!, null!);

        observer.EnvironmentsOf(new BackendApp { Metadata = new ObjectMeta { Name = "shop", Namespace = "team-a", Uid = "uid-1" } })
            .Select(environment => environment.Key).Should().Equal(own.Key);
    }

    private static KubeObject Environment(string home) => KubeObject.From(ApplicationEnvironment.ResourceKind, new JsonObject
    {
        ["metadata"] = new JsonObject
        {
            ["name"] = "shop-staging",
            ["namespace"] = home,
            ["ownerReferences"] = new JsonArray(new JsonObject
            {
                ["apiVersion"] = "idp.dev/v1alpha1",
                ["kind"] = "BackendApp",
                ["name"] = "shop",
                ["uid"] = "uid-1",
                ["controller"] = true,
            }),
        },
    });
}
