using System.Reflection;
using Idp.Kubernetes.Controllers.Rbac;
using Idp.Kubernetes.Model;

namespace Idp.CrdGenerator.Tests;

public sealed class RolesTest
{
    [Fact]
    public void TheOperatorAsksForNoWildcard() =>
        Roles.Print(Roles.RulesOf(Assembly.Load("idp"), typeof(Condition).Assembly)).Should().NotContain("*");

    [Fact]
    public void EveryVerbIsRefusedWhereItIsNotSpelledOut() =>
        FluentActions.Invoking(() => Roles.Print([new Rule("", "secrets", "", RbacVerb.All)]))
            .Should().Throw<InvalidOperationException>();

    [Fact]
    public void ResourcesThatDifferInNothingElseShareARule_AndLeasesStayAtHome() =>
        Roles.Print(
        [
            new Rule("", "configmaps", "", RbacVerb.Get | RbacVerb.Delete),
            new Rule("", "secrets", "", RbacVerb.Delete | RbacVerb.Get),
            new Rule("coordination.k8s.io", "leases", "", RbacVerb.Update) { IsOwn = true },
        ]).Should().Be("""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata:
              name: idp-operator
            rules:
            - apiGroups:
              - ''
              resources:
              - configmaps
              - secrets
              verbs:
              - get
              - delete
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata:
              name: idp-operator
              namespace: idp-system
            rules:
            - apiGroups:
              - coordination.k8s.io
              resources:
              - leases
              verbs:
              - update

            """);
}
