const { existsSync } = require('node:fs');
const { join } = require('node:path');

/** Pure specs (`*.spec.ts` beside the code) and worlds of real servers (`test/specs`) in one runner. */
module.exports = {
  rootDir: '.',
  roots: ['apps', 'libs', 'test', 'bench']
    .filter((folder) => existsSync(join(__dirname, folder)))
    .map((folder) => `<rootDir>/${folder}`),
  testMatch: ['**/*.spec.ts'],
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/harness/global-setup.js',
  globalTeardown: '<rootDir>/test/harness/global-teardown.js',
  // Twice what the longest take where others load the machine: it ends what hangs.
  testTimeout: 120_000,
  // One more than the cores that there are at the least: half of the time specs wait, for servers and for silence.
  maxWorkers: 3,
  maxConcurrency: 4,
  testSequencer: '<rootDir>/test/harness/longest-first.js',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          target: 'es2023',
          keepClassNames: true,
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  moduleNameMapper: {
    '^@l2gw/([a-z0-9-]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
};
