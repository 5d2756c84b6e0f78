namespace Idp.Kubernetes.Tests.Apply;

/// <summary>What intents for Kubernetes' own kinds are made of; the API server says of its own schemas too little to make valid objects.</summary>
internal static class IntentSchemas
{
    public const string Metadata = """
        type: object
        required: [labels]
        properties:
          labels: {type: object, maxProperties: 3, additionalProperties: {type: string, pattern: '^[a-z0-9]{0,5}$'}}
          annotations: {type: object, maxProperties: 3, additionalProperties: {type: string, maxLength: 8}}
        """;

    /// <summary>Of a kind of our own: maps and lists that are owned as a whole, by key, by value and by field.</summary>
    public const string Structured = """
        type: object
        properties:
          spec:
            type: object
            properties:
              whole: &whole
                type: object
                x-kubernetes-map-type: atomic
                properties:
                  kind: {type: string, enum: [a, b]}
                  group: {type: string, enum: [x, y], default: x}
                  inner: {type: object, properties: {size: {type: integer, minimum: 1, maximum: 3, default: 1}, text: {type: string, enum: [c, d]}}}
              labels: {type: object, x-kubernetes-map-type: atomic, maxProperties: 3, additionalProperties: {type: string, pattern: '^[a-z]{1,3}$'}}
              parts: {type: object, properties: {one: {type: string, enum: [a, b], default: a}, two: *whole}}
              rules:
                type: array
                x-kubernetes-list-type: atomic
                maxItems: 2
                items: {type: object, properties: {port: {type: integer, minimum: 1, maximum: 3}, protocol: {type: string, enum: [TCP, UDP], default: TCP}}}
              hosts: {type: array, x-kubernetes-list-type: set, maxItems: 3, items: {type: string, enum: [a, b, c, d]}}
              ports:
                type: array
                x-kubernetes-list-type: map
                x-kubernetes-list-map-keys: [port, protocol]
                maxItems: 3
                items:
                  type: object
                  required: [port, protocol]
                  properties:
                    port: {type: integer, minimum: 80, maximum: 82}
                    protocol: {type: string, enum: [TCP, UDP]}
                    name: {type: string, enum: [web, dns]}
        """;

    /// <summary>By kind, everything but metadata.</summary>
    public const string BuiltIn = """
        ConfigMap:
          type: object
          properties:
            data: {type: object, maxProperties: 4, additionalProperties: {type: string, maxLength: 6}}
        Namespace: {type: object}
        NetworkPolicy:
          type: object
          required: [spec]
          properties:
            spec:
              type: object
              required: [podSelector]
              properties:
                podSelector: &selector
                  type: object
                  properties:
                    matchLabels: &labels {type: object, maxProperties: 2, additionalProperties: {type: string, pattern: '^[a-z]{1,3}$'}}
                policyTypes: {type: array, x-kubernetes-list-type: set, maxItems: 2, items: {type: string, enum: [Ingress, Egress]}}
                ingress:
                  type: array
                  maxItems: 2
                  items:
                    type: object
                    properties:
                      ports: &ports
                        type: array
                        maxItems: 2
                        items: {type: object, required: [port, protocol], properties: {port: {type: integer, minimum: 1, maximum: 3}, protocol: {type: string, enum: [TCP, UDP]}}}
                      from: &peers
                        type: array
                        maxItems: 2
                        items: {type: object, required: [podSelector], properties: {podSelector: *selector, namespaceSelector: *selector}}
                egress:
                  type: array
                  maxItems: 1
                  items: {type: object, properties: {ports: *ports, to: *peers}}
        RoleBinding:
          type: object
          required: [roleRef]
          properties:
            roleRef:
              type: object
              required: [apiGroup, kind, name]
              x-kubernetes-map-type: atomic
              properties: {apiGroup: {type: string, enum: [rbac.authorization.k8s.io], default: rbac.authorization.k8s.io}, kind: {type: string, enum: [ClusterRole]}, name: {type: string, enum: [view]}}
            subjects:
              type: array
              maxItems: 3
              items:
                type: object
                required: [kind, name, apiGroup]
                properties: {kind: {type: string, enum: [Group, User]}, name: {type: string, pattern: '^[a-c]$'}, apiGroup: {type: string, enum: [rbac.authorization.k8s.io], default: rbac.authorization.k8s.io}}
        ResourceQuota:
          type: object
          properties:
            spec:
              type: object
              properties:
                hard:
                  type: object
                  properties:
                    requests.cpu: {type: string, format: quantity, pattern: '^[1-9][0-9]{0,3}(m|k|\.5)?$'}
                    requests.memory: {type: string, format: quantity, pattern: '^[1-9][0-9]{0,3}(Ki|Mi|Gi|M|G|\.5Gi)?$'}
                    limits.memory: {type: string, format: quantity, pattern: '^[1-9][0-9]{0,3}(Ki|Mi|Gi|e3)?$'}
                    pods: {type: string, format: quantity, pattern: '^[1-9][0-9]{0,2}$'}
        LimitRange:
          type: object
          required: [spec]
          properties:
            spec:
              type: object
              required: [limits]
              properties:
                limits:
                  type: array
                  minItems: 1
                  maxItems: 2
                  items:
                    type: object
                    required: [type, default, defaultRequest]
                    properties:
                      type: {type: string, enum: [Container]}
                      max: {type: object, properties: {cpu: {type: string, enum: ["8", "9500m"]}, memory: {type: string, enum: [8Gi]}}}
                      default: {type: object, required: [cpu, memory], properties: {cpu: {type: string, enum: ["2", "1500m"]}, memory: {type: string, enum: [1Gi, 1536Mi]}}}
                      defaultRequest: {type: object, required: [cpu, memory], properties: {cpu: {type: string, enum: [100m, 250m]}, memory: {type: string, enum: [64Mi, 128Mi]}}}
        Service:
          type: object
          required: [spec]
          properties:
            spec:
              type: object
              required: [ports]
              properties:
                selector: *labels
                ports:
                  type: array
                  minItems: 1
                  maxItems: 3
                  x-kubernetes-list-type: map
                  x-kubernetes-list-map-keys: [name]
                  items:
                    type: object
                    required: [name, port, protocol]
                    properties:
                      name: {type: string, enum: [a, b, c, d]}
                      port: {type: integer, minimum: 80, maximum: 84}
                      protocol: {type: string, enum: [TCP, UDP]}
                      targetPort: {x-kubernetes-int-or-string: true, minimum: 1, maximum: 100, pattern: '^[a-z]{1,5}$'}
        Deployment:
          type: object
          required: [spec]
          properties:
            spec:
              type: object
              required: [selector, template]
              properties:
                replicas: {type: integer, maximum: 4}
                selector: {type: object, required: [matchLabels], properties: {matchLabels: {type: object, required: [app], properties: {app: {type: string, enum: [x]}}}}}
                template:
                  type: object
                  required: [metadata, spec]
                  properties:
                    metadata: {type: object, required: [labels], properties: {labels: {type: object, required: [app], properties: {app: {type: string, enum: [x]}, tier: {type: string, enum: [y, z]}}}}}
                    spec:
                      type: object
                      required: [containers]
                      properties:
                        containers:
                          type: array
                          minItems: 1
                          maxItems: 2
                          x-kubernetes-list-type: map
                          x-kubernetes-list-map-keys: [name]
                          items:
                            type: object
                            required: [name, image]
                            properties:
                              name: {type: string, enum: [web, side]}
                              image: {type: string, enum: ["web:1", "web:2"]}
                              args: {type: array, maxItems: 2, items: {type: string, pattern: '^[a-c]$'}}
                              env:
                                type: array
                                maxItems: 3
                                x-kubernetes-list-type: map
                                x-kubernetes-list-map-keys: [name]
                                items: {type: object, required: [name], properties: {name: {type: string, enum: [A, B, C]}, value: {type: string, pattern: '^[0-9]{0,2}$'}}}
                              ports:
                                type: array
                                maxItems: 3
                                x-kubernetes-list-type: map
                                x-kubernetes-list-map-keys: [containerPort, protocol]
                                items: {type: object, required: [containerPort, protocol], properties: {containerPort: {type: integer, minimum: 80, maximum: 82}, protocol: {type: string, enum: [TCP, UDP]}}}
        """;
}
