namespace Idp.EndToEnd.Tests.World;

/// <summary>Specs of BackendApps, by what they ask for; each keeps to what every team is granted.</summary>
internal static class Specs
{
    /// <summary>Nothing: everything is the platform's and the golden path's.</summary>
    public const string Empty = "{}";

    /// <summary>One environment and nothing else: the least that is deployed.</summary>
    public const string Small = """
        environments: [{name: staging}]
        """;

    /// <summary>One environment with everything that an environment can have.</summary>
    public static string Everything(string team) => $$"""
        description: Has everything.
        replicas: 2
        env: [{name: LOG_LEVEL, value: info}]
        secrets: [{name: STRIPE_KEY, remoteRef: {key: {{team}}/stripe, property: apiKey} }]
        database:
          version: "17"
          storage: 5Gi
          tables:
            - name: users
              primaryKey: [id]
              columns: [{name: id, type: uuid, notNull: true}, {name: email, type: varchar(255)}]
              indexes: [{name: users_email, columns: [email], unique: true}]
        environments: [{name: staging}]
        """;

    /// <summary>One environment with a database that goes with it.</summary>
    public const string WithDatabase = """
        database:
          deletionPolicy: Delete
          tables: [{name: users, primaryKey: [id], columns: [{name: id, type: uuid, notNull: true}]}]
        environments: [{name: staging}]
        """;
}
