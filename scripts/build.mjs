/** Builds every app of nest-cli.json that has a main.ts, and nothing whose sources are as they were. */
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';

process.chdir(resolve(import.meta.dirname, '..'));

const SHARED = ['libs', 'tsconfig.json', 'nest-cli.json', 'package-lock.json', 'scripts/build.mjs'];

const lock = waitForOthers('.cache/build.lock');
const waiting = Object.entries(readJson('nest-cli.json').projects);
await Promise.all(Array.from({ length: availableParallelism() }, buildInTurn));

async function buildInTurn() {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await bringUpToDate(...next);
}

async function bringUpToDate(name, { root, sourceRoot, entryFile }) {
  if (!existsSync(join(sourceRoot, `${entryFile}.ts`))) return;
  const output = join('dist', root);
  const stamp = join(output, '.sources');
  const digest = digestOf([root, ...SHARED]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  await build(name, output);
  // The compiler mirrors the whole repository below `output`; this is the entry that people and containers start.
  writeFileSync(join(output, 'main.js'), `#!/usr/bin/env node\nrequire('./${sourceRoot}/${entryFile}.js');\n`);
  writeFileSync(stamp, digest);
}

async function build(name, output) {
  console.log(`building ${name}`);
  rmSync(output, { recursive: true, force: true });
  const compiler = spawn('node_modules/.bin/nest', ['build', name], { stdio: ['ignore', 'inherit', 'inherit', lock] });
  const [code] = await once(compiler, 'close');
  if (code !== 0) process.exit(1); // the compiler has said why
}

/**
 * Two builds at once would delete each other's output. The kernel holds the lock for as long as we or a compiler of ours
 * have the file open, so that nothing is left behind by a build that is killed, nor taken from under its compilers.
 */
function waitForOthers(path) {
  mkdirSync('.cache', { recursive: true });
  const file = openSync(path, 'w');
  execFileSync('flock', ['3'], { stdio: ['ignore', 'inherit', 'inherit', file] });
  return file;
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
