/** Lets Node load our TypeScript as it is, with the decorators and path aliases that jest and the build know. */
const { readFileSync, existsSync } = require('node:fs');
const Module = require('node:module');
const { dirname, join, resolve } = require('node:path');
const { transformSync } = require('@swc/core');

const root = resolve(__dirname, '..');
const options = {
  configFile: false,
  swcrc: false,
  sourceMaps: 'inline',
  module: { type: 'commonjs' },
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    target: 'es2023',
    keepClassNames: true,
  },
};

Module._extensions['.ts'] = (module, filename) => {
  module._compile(transformSync(readFileSync(filename, 'utf8'), { ...options, filename }).code, filename);
};

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  return resolveFilename.call(this, sourceOf(request, parent?.filename) ?? request, parent, ...rest);
};

/** `@l2gw/x` is the lib's index; `./x.js` is `./x.ts` when only that exists. */
function sourceOf(request, importer) {
  const [, lib] = /^@l2gw\/([a-z0-9-]+)$/.exec(request) ?? [];
  if (lib) return join(root, 'libs', lib, 'src/index.ts');
  if (!importer?.endsWith('.ts') || !/^\.{1,2}\/.*\.js$/.test(request)) return undefined;
  const source = join(dirname(importer), request.replace(/\.js$/, '.ts'));
  return existsSync(source) ? source : undefined;
}
