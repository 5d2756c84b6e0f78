using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;
using Idp.Operator.Settings;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>The ExternalSecrets that bring the application's secrets and its images.</summary>
internal sealed class SecretsSection : Section
{
    private const string PullConfiguration = "configuration";

    /// <inheritdoc/>
    public override string Condition => Conditions.SecretsReady;

    /// <inheritdoc/>
    public override IReadOnlyList<ChildKind> Kinds { get; } = [ExternalSecrets.Kind];

    /// <summary>One ExternalSecret for what the manifest asks for, and one for the registry where the platform has credentials for it.</summary>
    public override IReadOnlyList<DesiredObject> Make(EffectiveEnvironment environment)
    {
        List<DesiredObject> objects = [];
        if (environment.Spec.Secrets.Count > 0)
        {
            objects.Add(ExternalSecrets.Make(environment, environment.Names.Secrets, environment.Spec.Secrets));
        }

        if (environment.Settings.ImagePullSecret is { } pull)
        {
            objects.Add(Pull(environment, pull));
        }

        return objects;
    }

    /// <inheritdoc/>
    public override ChildState Read(IReadOnlyList<KubeObject> live, SectionInput seen) =>
        ChildState.Worst(live.Select(ExternalSecrets.StateOf));

    private static DesiredObject Pull(EffectiveEnvironment environment, ImagePullSecretSettings settings)
    {
        var source = new RemoteReference { Key = environment.Identity.Fill(settings.RemoteKey), Property = settings.Property };
        var wanted = ExternalSecrets.Make(
            environment, ChildNames.PullSecret, new SecretVariable { Name = PullConfiguration, RemoteRef = source });
        var template = ExternalSecrets.Template(new JsonObject { [".dockerconfigjson"] = ExternalSecrets.ValueOf(PullConfiguration) });
        template["type"] = "kubernetes.io/dockerconfigjson";
        wanted.Body["spec"]!["target"]!["template"] = template;
        return wanted;
    }
}
