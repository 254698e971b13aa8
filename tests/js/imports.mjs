/**
 * Which modules does each script under a folder use? Imports are those that the engine itself
 * parses; a type is used where a comment names it by `import("…")`. For the tests of Python:
 * node --experimental-vm-modules imports.mjs folder, which gives {script: [scripts used]}.
 */
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { SourceTextModule } from "node:vm";

const folder = process.argv[2];
const named = (/** @type {string} */ file) => relative(folder, file).split(sep).join("/");
const scripts = readdirSync(folder, { recursive: true, encoding: "utf-8" })
  .filter((name) => name.endsWith(".js")).sort();

process.stdout.write(JSON.stringify(Object.fromEntries(scripts.map((name) => {
  const file = join(folder, name);
  const text = readFileSync(file, "utf-8");
  const imported = new SourceTextModule(text, { identifier: file }).moduleRequests.map(({ specifier }) => specifier);
  const typed = [...text.matchAll(/\bimport\(\s*["'`](\.[^"'`]*)["'`]\s*\)/g)].map(([, specifier]) => specifier);
  const used = [...imported, ...typed].map((specifier) => named(join(dirname(file), specifier)));
  return [named(file), [...new Set(used)].sort()];
}))));
