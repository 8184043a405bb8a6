/** Words that do not occur, because what they do is done another way here. */
import { file, isProduct, isTest, nameOf, type Rule, type SourceFile } from './source-file.js';

export const wordRules: readonly Rule[] = [
  {
    sentence: 'a front door names what it offers: no `export *`',
    find: (source) => occurrences(source, /export \* /g),
    broken: file('libs/l2/src/index.ts', "export * from './vni.js';"),
    kept: file('libs/l2/src/index.ts', "export { parseVni } from './vni.js';"),
  },
  {
    sentence: 'modules form no circle: no `forwardRef`',
    find: (source) => occurrences(source, /forwardRef/g),
    broken: file('apps/api/src/a.module.ts', 'imports: [forwardRef(() => BModule)]'),
    kept: file('apps/api/src/a.module.ts', 'imports: [BModule]'),
  },
  {
    sentence: 'specs run against the real thing: no `jest.mock`',
    find: (source) => occurrences(source, /jest\.(mock|doMock|unstable_mockModule)\b/g),
    broken: file('test/specs/a.spec.ts', "jest.mock('pg');"),
    kept: file('test/specs/a.spec.ts', 'jest.setTimeout(1_000);'),
  },
  {
    sentence: 'every spec runs, always: no `.only`, no `.skip`',
    find: (source) =>
      occurrences(source, /\b(describe|it|test)(\.\w+)*\.(only|skip)\b|^\s*(fdescribe|fit|xdescribe|xit|xtest)\(/gm),
    broken: file('test/specs/a.spec.ts', "describe.only('x', () => {});"),
    kept: file('test/specs/a.spec.ts', "describe.each(rows)('x', () => page.skip(2));"),
  },
  {
    sentence: 'programs speak through their log: no `console.…` in apps and libs',
    find: (source) =>
      isTest(source) ? [] : occurrences(source, /\bconsole\.(log|error|warn|info|debug|trace|table|dir)\b/g),
    broken: file('apps/api/src/a.ts', "console.error('lost');"),
    kept: file('apps/api/src/a.ts', '/** What the operator sees in the console. */'),
  },
  {
    sentence: 'the environment is read once, at the start: `process.env` in main.ts, config.ts and libs/runtime only',
    find: (source) => (isProduct(source) && !readsEnvironment(source) ? occurrences(source, /process\.env\b/g) : []),
    broken: file('apps/api/src/http/a.ts', "process.env['HOME']"),
    kept: file('apps/api/src/main.ts', 'loadConfig(process.env)'),
  },
  {
    sentence: 'the schema changes by migrations: `synchronize: true` nowhere',
    find: (source) => occurrences(source, /\bsynchronize['"]?\s*:\s*true\b/g),
    broken: file('test/specs/a.spec.ts', 'new DataSource({ synchronize: true })'),
    kept: file('apps/api/src/database/data-source.ts', 'new DataSource({ synchronize: false })'),
  },
];

function occurrences({ text }: SourceFile, word: RegExp): string[] {
  return [...text.matchAll(word)].map(
    ({ 0: found, index }) => `line ${text.slice(0, index).split('\n').length}: ${found.trim()}`,
  );
}

function readsEnvironment(source: SourceFile): boolean {
  return ['main.ts', 'config.ts'].includes(nameOf(source)) || source.path.startsWith('libs/runtime/');
}
