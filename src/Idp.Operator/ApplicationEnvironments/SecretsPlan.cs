using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Operator.Settings;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>The ExternalSecrets that bring the application's secrets and its images; no value passes through the operator.</summary>
internal static class SecretsPlan
{
    private const string PullConfiguration = "configuration";

    /// <summary>One ExternalSecret for what the manifest asks for, and one for the registry where the platform has credentials for it.</summary>
    public static IReadOnlyList<DesiredObject> Make(Target target)
    {
        List<DesiredObject> objects = [];
        if (target.Spec.Secrets.Count > 0)
        {
            objects.Add(Make(target, target.Names.Secrets, target.Spec.Secrets));
        }

        if (target.Settings.ImagePullSecret is { } pull)
        {
            objects.Add(Pull(target, pull));
        }

        return objects;
    }

    /// <summary>An ExternalSecret that makes a Secret of its own name.</summary>
    /// <param name="target">The environment.</param>
    /// <param name="name">The name of both.</param>
    /// <param name="secrets">The keys of the Secret and where their values come from.</param>
    public static DesiredObject Make(Target target, string name, IEnumerable<SecretVariable> secrets)
    {
        var body = target.Begin(ChildKinds.ExternalSecret, name);
        body["spec"] = ExternalSecretSpec.Make(target.Settings.Secrets, name, secrets);
        return new DesiredObject(ChildKinds.ExternalSecret, body);
    }

    private static DesiredObject Pull(Target target, ImagePullSecretSettings settings)
    {
        var source = new RemoteReference { Key = target.Place.Fill(settings.RemoteKey), Property = settings.Property };
        var wanted = Make(target, ChildNames.PullSecret, [new SecretVariable { Name = PullConfiguration, RemoteRef = source }]);
        wanted.Body["spec"]!["target"]!["template"] = ExternalSecretSpec.Template(new JsonObject
        {
            [".dockerconfigjson"] = ExternalSecretSpec.ValueOf(PullConfiguration),
        });
        wanted.Body["spec"]!["target"]!["template"]!["type"] = "kubernetes.io/dockerconfigjson";
        return wanted;
    }
}
