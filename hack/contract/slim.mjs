// slim.mjs IN OUT: writes the part of GitHub's description that the operator is about, with the components that it reaches.
import fs from 'node:fs';

const [source, target] = process.argv.slice(2);
const whole = JSON.parse(fs.readFileSync(source, 'utf8'));

// What is kept: add a line for a new endpoint.
const repository = '^/repos/\\{owner\\}/\\{repo\\}';
const kept = [
  `${repository}$`,
  `${repository}/topics$`,
  `${repository}/contents/\\{path\\}$`,
  `${repository}/commits/\\{ref\\}$`,
  `${repository}/git/(blobs|trees|commits|ref)(/|$)`,
  `${repository}/(rulesets|hooks|keys|environments|teams|collaborators|autolinks)(/|$)`,
  `${repository}/branches/\\{branch\\}(/protection)?$`,
  `${repository}/actions/(secrets|variables|permissions)(/|$)`,
  `${repository}/properties/values$`,
  `${repository}/(vulnerability-alerts|automated-security-fixes|private-vulnerability-reporting|installation)$`,
  `${repository}/pulls(/\\{pull_number\\}(/merge)?)?$`,
  `${repository}/commits/\\{ref\\}/(check-runs|status|statuses)$`,
  `${repository}/(check-runs(/\\{check_run_id\\})?|statuses/\\{sha\\})$`,
  `${repository}/issues/(\\{issue_number\\}/comments|comments/\\{comment_id\\})$`,
  '^/repos/\\{template_owner\\}/\\{template_repo\\}/generate$',
  '^/orgs/\\{org\\}$',
  '^/orgs/\\{org\\}/(repos|installation)$',
  '^/orgs/\\{org\\}/rulesets(/|$)',
  '^/orgs/\\{org\\}/properties/(schema|values)(/|$)',
  '^/orgs/\\{org\\}/teams(/\\{team_slug\\}(/repos.*)?)?$',
  '^/app$',
  '^/app/installations(/\\{installation_id\\}(/access_tokens)?)?$',
  '^/installation/(repositories|token)$',
  '^/users/\\{username\\}/installation$',
  '^/rate_limit$',
].map(pattern => new RegExp(pattern));

const paths = Object.fromEntries(Object.entries(whole.paths).filter(([path]) => kept.some(pattern => pattern.test(path))));

// Whatever a repository has is also to be had by its number, where GitHub redirects to after a rename. The description leaves that out.
const byName = '/repos/{owner}/{repo}';
for (const [path, item] of Object.entries(paths)) {
  if (path.startsWith(byName)) {
    paths[`/repositories/{repository_id}${path.slice(byName.length)}`] = byNumber(item);
  }
}

function byNumber(item) {
  const number = { name: 'repository_id', in: 'path', required: true, schema: { type: 'integer' } };
  const names = ['#/components/parameters/owner', '#/components/parameters/repo'];
  const mend = operation => ({
    ...operation,
    operationId: `${operation.operationId}-by-number`,
    parameters: [number, ...operation.parameters.filter(parameter => !names.includes(parameter.$ref))],
  });
  // Beside its methods a path may have parameters of its own; in this description none of those kept has.
  return Object.fromEntries(Object.entries(item).map(([method, operation]) => [method, mend(operation)]));
}

const reached = new Set();

function follow(node) {
  if (Array.isArray(node)) {
    node.forEach(follow);
  } else if (node !== null && typeof node === 'object') {
    for (const [name, value] of Object.entries(node)) {
      if (name !== '$ref' || typeof value !== 'string') {
        follow(value);
      } else if (!reached.has(value)) {
        reached.add(value);
        follow(component(value));
      }
    }
  }
}

function component(reference) {
  const [, , kind, name] = reference.split('/');
  return whole.components[kind][name];
}

follow(paths);
const components = {};
for (const reference of reached) {
  const [, , kind, name] = reference.split('/');
  (components[kind] ??= {})[name] = component(reference);
}

const { openapi, info, servers } = whole;
fs.writeFileSync(target, JSON.stringify({ openapi, info, servers, paths, components }));
console.log(`${Object.keys(paths).length} paths, ${Object.keys(components.schemas).length} schemas of GitHub's description`);
