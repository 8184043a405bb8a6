/** Runs a TypeScript program of this repository: `node scripts/run-ts.mjs test/demo/main.ts [arguments]`. */
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [program, ...args] = process.argv.slice(2);
if (program === undefined) {
  console.error('usage: node scripts/run-ts.mjs <program.ts> [arguments]');
  process.exit(2);
}
const require = createRequire(import.meta.url);
process.setSourceMapsEnabled(true);
process.argv = [process.argv[0], resolve(program), ...args];
require('./register-ts.js');
require(resolve(program));
