// Checks each dashboard by TypeScript: its file is compiled as a value of the type in dashboard.ts.

import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const here = dirname(fileURLToPath(import.meta.url));
const dashboards = resolve(here, process.argv[2] ?? "../dashboards");
const options = {
  lib: ["lib.es2022.d.ts"],
  module: ts.ModuleKind.CommonJS,
  // Finds Grafana's generated types, of which the package exports only some.
  moduleResolution: ts.ModuleResolutionKind.Node10,
  noEmit: true,
  skipLibCheck: true,
  strict: true,
  types: [],
};

// Compiled in memory. All that comes before the JSON is in its first line, so that lines are those of the file.
const sources = new Map();
for (const file of readdirSync(dashboards).filter((name) => name.endsWith(".json"))) {
  const json = readFileSync(join(dashboards, file), "utf8");
  sources.set(join(here, `${file}.ts`), `import type { Dashboard } from "./dashboard"; export const dashboard: Dashboard = ${json};`);
}
if (sources.size === 0) {
  console.error(`error: there are no dashboards in ${dashboards}`);
  process.exit(1);
}

const host = ts.createCompilerHost(options);
const { fileExists, readFile } = host;
host.fileExists = (path) => sources.has(path) || fileExists(path);
host.readFile = (path) => sources.get(path) ?? readFile(path);
const getSourceFile = host.getSourceFile;
host.getSourceFile = (path, version) =>
  sources.has(path) ? ts.createSourceFile(path, sources.get(path), version) : getSourceFile(path, version);

const program = ts.createProgram([...sources.keys()], options, host);
const problems = ts.getPreEmitDiagnostics(program);
for (const problem of problems) {
  const line = problem.file ? problem.file.getLineAndCharacterOfPosition(problem.start).line + 1 : 0;
  const file = problem.file ? problem.file.fileName.replace(/^.*\//, "").replace(/\.json\.ts$/, ".json") : "";
  console.error(`${file}:${line}: ${ts.flattenDiagnosticMessageText(problem.messageText, "\n")}`);
}
console.log(`${sources.size} dashboards, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
