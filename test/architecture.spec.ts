import { resolve } from 'node:path';
import { formRules } from './architecture/form-rules.js';
import { importRules } from './architecture/import-rules.js';
import { type Rule, sourcesBelow } from './architecture/source-file.js';
import { wordRules } from './architecture/word-rules.js';

const rules = [...importRules, ...formRules, ...wordRules];
const sources = sourcesBelow(resolve(__dirname, '..'));

function violations({ find }: Rule): string[] {
  return sources.flatMap((source) => find(source).map((what) => `${source.path}: ${what}`));
}

describe('In this repository', () => {
  it.each(rules)('$sentence', (rule) => {
    expect(violations(rule)).toEqual([]);
  });
});

describe('The rule is able to tell:', () => {
  it.each(rules)('$sentence', ({ find, broken, kept }) => {
    expect(find(broken)).toHaveLength(1);
    expect(find(kept)).toEqual([]);
  });

  it('every source file is looked at', () => {
    expect(sources.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['libs/l2/src/mac-address.ts', 'test/harness/process.ts']),
    );
  });
});
