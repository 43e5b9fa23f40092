#!/bin/sh
# Makes vega.js and LICENSES.txt beside this script from packages of pinned versions.
#   theme/assets/vendor/build.sh                  installs them into a temporary folder
#   MODULES=dir/node_modules .../build.sh         takes them from there
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -n "${MODULES:-}" ]; then
  ln -s "$MODULES" "$work/node_modules"
else
  (cd "$work" && npm install --no-save --no-audit --no-fund --ignore-scripts \
    vega@6.4.0 vega-lite@6.4.3 vega-interpreter@2.3.2 esbuild@0.28.2)
fi
cp "$here/vega.entry.js" "$work/entry.js"
cd "$work"
# Vega-Lite asks all of `vega` for four functions that are those of vega-util.
node_modules/.bin/esbuild entry.js --bundle --minify --format=esm --target=es2022 \
  --legal-comments=none --alias:vega=vega-util --metafile=meta.json --outfile=vega.js \
  --preserve-symlinks --log-level=warning
node - <<'JS'
const fs = require("fs"), path = require("path");
const inputs = Object.keys(JSON.parse(fs.readFileSync("meta.json")).inputs);
const names = new Set();
for (const input of inputs) {
  const found = input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//);
  if (found) names.add(found[1]);
}
let out = "vega.js holds code of these packages, each under the licence printed with it.\n";
for (const name of [...names].sort()) {
  const dir = path.join("node_modules", name);
  const about = JSON.parse(fs.readFileSync(path.join(dir, "package.json")));
  const file = fs.readdirSync(dir).find((f) => /^licen[sc]e/i.test(f));
  const text = file ? fs.readFileSync(path.join(dir, file), "utf8").trim()
    : `${about.license}; the package carries no text of its own.`;
  out += `\n${"=".repeat(78)}\n${name} ${about.version} (${about.license})\n\n${text}\n`;
}
fs.writeFileSync("LICENSES.txt", out);
JS
cp vega.js LICENSES.txt "$here/"
