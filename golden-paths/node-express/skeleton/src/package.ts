import { readFileSync } from "node:fs";

const file = new URL("../package.json", import.meta.url);
const { name, description } = JSON.parse(readFileSync(file, "utf8")) as {
  name: string;
  description: string;
};

export { description as DESCRIPTION, name as NAME };
