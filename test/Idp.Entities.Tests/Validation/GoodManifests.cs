namespace Idp.Entities.Tests.Validation;

/// <summary>Two manifests that use every field, as a starting point for what goes wrong.</summary>
internal static class GoodManifests
{
    public const string BackendApp = """
        {"apiVersion":"idp.dev/v1alpha1","kind":"BackendApp","metadata":{"name":"payment-service","namespace":"team-payments"},
         "spec":{"description":"Takes card payments.","team":"team-payments","system":"billing",
          "template":{"name":"python-fastapi","parameters":{"pythonVersion":"3.13"}},
          "repository":{"owner":"acme","name":"payment-service","visibility":"Private","topics":["payments"],
           "adoption":"Never","deletionPolicy":"Retain","deployment":"Separate"},
          "image":"ghcr.io/acme/payment-service","replicas":1,
          "resources":{"requests":{"cpu":"100m","memory":"128Mi"},"limits":{"cpu":1,"memory":"256Mi"}},
          "env":[{"name":"LOG_LEVEL","value":"info"}],
          "secrets":[{"name":"STRIPE_KEY","remoteRef":{"key":"payments/stripe","property":"apiKey"}}],
          "database":{"type":"postgresql","version":"17","storage":"50Gi","deletionPolicy":"Retain","tables":[
           {"name":"users","primaryKey":["id"],
            "columns":[{"name":"id","type":"uuid","notNull":true},{"name":"email","type":"varchar(255)"}],
            "indexes":[{"name":"users_email","columns":["email"],"unique":true}]}]},
          "environments":[{"name":"staging"},
           {"name":"production","stage":"Production","replicas":3,"host":"pay.acme.dev","sync":"Manual",
            "resources":{"requests":{"cpu":"1"}},"env":[{"name":"LOG_LEVEL","value":"warning"}]}],
          "suspend":false}}
        """;

    public const string ApplicationEnvironment = """
        {"apiVersion":"idp.dev/v1alpha1","kind":"ApplicationEnvironment",
         "metadata":{"name":"payment-service-production","namespace":"team-payments"},
         "spec":{"application":"payment-service","stage":"Production","namespace":"payment-service-production",
          "team":"team-payments",
          "source":{"repoURL":"https://github.com/acme/payment-service.git","path":"deploy/overlays/production",
           "targetRevision":"main"},
          "sync":"Automatic","host":"pay.acme.dev",
          "workload":{"image":"ghcr.io/acme/payment-service:1.2","replicas":3,
           "resources":{"limits":{"memory":"256Mi"}},"env":[{"name":"LOG_LEVEL","value":"info"}]},
          "guardrails":{"quota":{"requests.cpu":4,"pods":"50","count/jobs.batch":"10"},
           "containerDefaults":{"cpu":"500m","memory":"512Mi"},"networkIsolation":"Namespace","podSecurity":"Restricted",
           "access":[{"group":"team-payments","role":"Edit"}]},
          "secrets":[{"name":"STRIPE_KEY","remoteRef":{"key":"payments/stripe"}}],
          "database":{"type":"postgresql","tables":[{"name":"users","columns":[{"name":"id","type":"uuid"}]}]},
          "suspend":false}}
        """;
}
