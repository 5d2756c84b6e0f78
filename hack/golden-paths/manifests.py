"""Works on the manifests of rendered repositories: python3 manifests.py VERB ARGUMENT...

guardrails PLAN OUT     writes the namespaces and guardrails of a plan to OUT
overlays PLAN REPO OUT  makes one kustomization an environment in OUT, as Argo CD would build it: the overlay, and on top what the manifest decides
restricted FILE         fails unless the pod templates in FILE keep to the Pod Security Standard "restricted" and to what is promised beyond it
contract FILE NAME      fails unless Deployment, container, Service and Ingress are named so, and whatever else must be there is
scripts OUT WORKFLOW... writes what a workflow gives to a shell to OUT
older FILE SERVED       rewrites FILE for a server that does not serve the versions of today, and says which
"""

import json
import os
import re
import sys

import yaml

GUARDRAILS = ("Namespace", "ResourceQuota", "LimitRange", "NetworkPolicy", "RoleBinding")
# Of one shape in both versions, as far as these manifests use them.
OLDER = {
    ("policy/v1", "PodDisruptionBudget"): "policy/v1beta1",
    ("autoscaling/v2", "HorizontalPodAutoscaler"): "autoscaling/v2beta2",
}


def read(file):
    with open(file, encoding="utf-8") as text:
        return [document for document in yaml.safe_load_all(text) if document]


def write(file, *documents):
    os.makedirs(os.path.dirname(file), exist_ok=True)
    with open(file, "w", encoding="utf-8") as text:
        yaml.safe_dump_all(documents, text, sort_keys=False)


def guardrails(plan, out):
    write(out, *[document for document in read(plan) if document["kind"] in GUARDRAILS])


def overlays(plan, repository, out):
    applications = [document["spec"] for document in read(plan) if document["kind"] == "Application"]
    if not applications:
        raise SystemExit("the plan has no Argo CD Application")
    for spec in applications:
        source = spec["source"]
        kustomize = source.get("kustomize", {})
        environment = os.path.basename(source["path"])
        # kustomize takes no absolute path.
        folder = os.path.join(out, environment)
        kustomization = {
            "resources": [os.path.relpath(os.path.join(repository, source["path"]), folder)],
            "namespace": kustomize.get("namespace"),
            "replicas": kustomize.get("replicas", []),
            "patches": kustomize.get("patches", []),
        }
        write(os.path.join(folder, "kustomization.yaml"), {key: value for key, value in kustomization.items() if value})
        print(environment)


def restricted(file):
    templates = [document["spec"]["template"]["spec"] for document in read(file) if "template" in document.get("spec", {})]
    problems = [problem for pod in templates for problem in pod_problems(pod)]
    if problems or not templates:
        raise SystemExit("; ".join(problems) or "there is no pod template")


def pod_problems(pod):
    """https://kubernetes.io/docs/concepts/security/pod-security-standards/"""
    context = pod.get("securityContext", {})
    allowed = {"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"}
    yield from (f"{name} is set" for name in ("hostNetwork", "hostPID", "hostIPC") if pod.get(name))
    yield from (f"volume {volume['name']} is of a forbidden type" for volume in pod.get("volumes", []) if set(volume) - {"name"} - allowed)
    if pod.get("automountServiceAccountToken") is not False:
        yield "a token of the service account is mounted"
    for container in pod.get("initContainers", []) + pod["containers"]:
        own = {**context, **container.get("securityContext", {})}
        facts = {
            "runAsNonRoot": own.get("runAsNonRoot") is True and own.get("runAsUser") != 0,
            "seccompProfile": own.get("seccompProfile", {}).get("type") in ("RuntimeDefault", "Localhost"),
            "allowPrivilegeEscalation": own.get("allowPrivilegeEscalation") is False and not own.get("privileged"),
            "capabilities": own.get("capabilities", {}) == {"drop": ["ALL"]},
            "readOnlyRootFilesystem": own.get("readOnlyRootFilesystem") is True,
            "hostPort": not any(port.get("hostPort") for port in container.get("ports", [])),
            "requests and limits": {"cpu", "memory"} <= set(container["resources"]["requests"]) and "memory" in container["resources"]["limits"],
            "probes": {"livenessProbe", "readinessProbe"} <= set(container),
        }
        yield from (f"container {container['name']}: {fact}" for fact, holds in facts.items() if not holds)


def contract(file, name):
    objects = {document["kind"]: document for document in read(file)}
    missing = {"Deployment", "Service", "Ingress", "PodDisruptionBudget"} - set(objects)
    if missing:
        raise SystemExit(f"missing: {', '.join(sorted(missing))}")
    deployment = objects["Deployment"]["spec"]
    names = {kind: document["metadata"]["name"] for kind, document in objects.items()}
    names["container"] = deployment["template"]["spec"]["containers"][0]["name"]
    wrong = [f"{what} is named {found}" for what, found in names.items() if found != name]
    scaled = "HorizontalPodAutoscaler" in objects
    if scaled == ("replicas" in deployment):
        wrong.append("the number of copies is said twice, or not at all")
    if "topologySpreadConstraints" not in deployment["template"]["spec"] or deployment["strategy"]["rollingUpdate"]["maxUnavailable"] != 0:
        wrong.append("copies are not spread, or a rollout takes one away first")
    if wrong:
        raise SystemExit("; ".join(wrong))
    print(json.dumps(sorted(objects)))


def scripts(out, *workflows):
    steps = [step for workflow in workflows for document in read(workflow) for job in document["jobs"].values() for step in job["steps"]]
    for number, step in enumerate(step for step in steps if "run" in step):
        with open(os.path.join(out, f"{number}.sh"), "w", encoding="utf-8") as text:
            # An expression is replaced before the shell sees it.
            text.write("#!/usr/bin/env bash\nset -eo pipefail\n" + re.sub(r"\$\{\{.*?\}\}", "expression", step["run"]))


def older(file, served):
    with open(served, encoding="utf-8") as text:
        versions = text.read().split()
    documents = read(file)
    for document in documents:
        old = OLDER.get((document["apiVersion"], document["kind"]))
        if old and document["apiVersion"] not in versions:
            print(f"{document['kind']} as {old}: this server has no {document['apiVersion']}")
            document["apiVersion"] = old
    write(file, *documents)


VERBS = {"guardrails": guardrails, "overlays": overlays, "restricted": restricted, "contract": contract, "scripts": scripts, "older": older}
VERBS[sys.argv[1]](*sys.argv[2:])
