/** Builds every app of nest-cli.json that has a main.ts, and nothing whose sources are as they were. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

process.chdir(resolve(import.meta.dirname, '..'));

const SHARED = ['libs', 'tsconfig.json', 'nest-cli.json', 'package-lock.json', 'scripts/build.mjs'];

for (const [name, { root, sourceRoot, entryFile }] of Object.entries(readJson('nest-cli.json').projects)) {
  if (!existsSync(join(sourceRoot, `${entryFile}.ts`))) continue;
  const output = join('dist', root);
  const stamp = join(output, '.sources');
  const digest = digestOf([root, ...SHARED]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) continue;
  build(name, output);
  // The compiler mirrors the whole repository below `output`; this is the entry that people and containers start.
  writeFileSync(join(output, 'main.js'), `#!/usr/bin/env node\nrequire('./${sourceRoot}/${entryFile}.js');\n`);
  writeFileSync(stamp, digest);
}

function build(name, output) {
  console.log(`building ${name}`);
  rmSync(output, { recursive: true, force: true });
  try {
    execFileSync('node_modules/.bin/nest', ['build', name], { stdio: 'inherit' });
  } catch {
    process.exit(1); // the compiler has said why
  }
}

/** By content, not by time: a fresh checkout of the same sources needs no build. Specs are not built. */
function digestOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(filesBelow).sort()) hash.update(path).update(readFileSync(path));
  return hash.digest('hex');
}

function filesBelow(path) {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
