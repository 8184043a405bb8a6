/** How large a file may grow and what it may be called. */
import { file, isProduct, nameOf, type Rule, type SourceFile } from './source-file.js';

const LINES = 200;
const PARAMETERS = 4;

export const formRules: readonly Rule[] = [
  {
    sentence: `a file has at most ${LINES} lines; specs and migrations may be longer`,
    find: (source) =>
      isProduct(source) && !isMigration(source) && linesOf(source) > LINES ? [`${linesOf(source)} lines`] : [],
    broken: file('libs/l2/src/a.ts', 'line\n'.repeat(LINES + 1)),
    kept: file('libs/l2/src/a.ts', 'line\n'.repeat(LINES)),
  },
  {
    sentence: `a constructor has at most ${PARAMETERS} parameters`,
    find: (source) =>
      isProduct(source) ? constructorsOf(source).filter((list) => countParameters(list) > PARAMETERS) : [],
    broken: file('apps/api/src/a.ts', 'constructor(a: A, private readonly b: Map<K, V>, c: C, d: D, e: E) {}'),
    kept: file(
      'apps/api/src/a.ts',
      'constructor(a: A, b: Map<K, V>, @Inject(X) c: (d: D, e: E) => void, d = f(1, 2),) {}',
    ),
  },
  {
    sentence: 'a file is named after what it does: there is no *.service.ts',
    find: (source) => (/\.service\.ts$/.test(source.path) ? [nameOf(source)] : []),
    broken: file('apps/api/src/gateways/gateways.service.ts'),
    kept: file('apps/api/src/gateways/create-gateway.ts'),
  },
  {
    sentence: 'the only index.ts of a lib is its front door, and apps have none',
    find: (source) =>
      nameOf(source) === 'index.ts' && !/^libs\/[^/]+\/src\/index\.ts$/.test(source.path) ? [source.path] : [],
    broken: file('apps/api/src/gateways/index.ts'),
    kept: file('libs/l2/src/index.ts'),
  },
];

function isMigration({ path }: SourceFile): boolean {
  return path.includes('/migrations/');
}

function linesOf({ text }: SourceFile): number {
  return text.trimEnd().split('\n').length;
}

/** What stands between the parentheses of every constructor. */
function constructorsOf({ text }: SourceFile): string[] {
  return [...text.matchAll(/\bconstructor\s*\(/g)].map(({ index, 0: head }) =>
    balanced(text.slice(index + head.length)),
  );
}

function balanced(text: string): string {
  let depth = 1;
  const end = [...text].findIndex((char) => {
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    return depth === 0;
  });
  return text.slice(0, end);
}

/** Commas inside brackets of any kind separate something else. */
function countParameters(list: string): number {
  let outermost = list.replaceAll('=>', '').replace(/\/\*[^]*?\*\/|\/\/.*/g, '');
  for (let before = ''; before !== outermost;) {
    before = outermost;
    outermost = outermost.replace(/\([^()<>[\]{}]*\)|<[^()<>[\]{}]*>|\[[^()<>[\]{}]*\]|\{[^()<>[\]{}]*\}/g, '');
  }
  return outermost.split(',').filter((parameter) => parameter.trim() !== '').length;
}
