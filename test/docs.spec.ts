import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { VARIABLES } from '@l2gw/runtime';
import { repositoryRoot } from './harness/binaries.js';

const operations = readFileSync(join(repositoryRoot, 'docs/operations.md'), 'utf8');

function sources(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sources(path);
    return path.endsWith('.ts') && !path.endsWith('.spec.ts') ? [readFileSync(path, 'utf8')] : [];
  });
}

/** The first group of every match in the sources of a folder. */
function found(folder: string, pattern: RegExp): readonly string[] {
  const all = sources(join(repositoryRoot, folder)).flatMap((text) =>
    [...text.matchAll(pattern)].map((match) => match[1] ?? ''),
  );
  return [...new Set(all)].sort();
}

describe('docs/operations.md', () => {
  it('names every setting', () => {
    const short = (name: string) => `_${name.split('_').slice(2).join('_')}`;
    const missing = VARIABLES.filter(
      (name) => !operations.includes(`\`${name}\``) && !operations.includes(`\`${short(name)}\``),
    );
    expect(missing).toEqual([]);
  });

  it('names no setting that nobody knows', () => {
    const named = [...operations.matchAll(/`(L2GW_[A-Z_]+)`/g)].map((match) => match[1] ?? '');
    expect(named.filter((name) => !VARIABLES.includes(name as (typeof VARIABLES)[number]))).toEqual([]);
  });

  it('names every type of error that the API answers', () => {
    const types = [
      ...found('apps/api/src', /(?:notFound|conflict)\(\s*'([A-Za-z0-9]+)'/g),
      ...found('apps/api/src', /new NeutronError\(\s*\w+,\s*'([A-Za-z0-9]+)'/g),
    ];
    expect(types.length).toBeGreaterThan(15);
    expect(types.filter((type) => !operations.includes(`\`${type}\``))).toEqual([]);
  });

  it('names every code that a status reason can begin with', () => {
    const declared = /export type ProblemCode =\s*([^;]+);/.exec(
      readFileSync(join(repositoryRoot, 'libs/contracts/src/problem.ts'), 'utf8'),
    )?.[1];
    const codes = [...(declared ?? '').matchAll(/'([A-Z_]+)'/g)].map((match) => match[1] ?? '');
    expect(codes.length).toBeGreaterThan(5);
    for (const code of [
      ...codes,
      ...found('apps/api/src/connections', /[`'](?!SELECT )([A-Z]{4,}(?:_[A-Z]+)*) [a-z$]/g),
    ]) {
      expect(operations).toContain(`\`${code}\``);
    }
  });
});

describe('docs/api.md', () => {
  const api = readFileSync(join(repositoryRoot, 'docs/api.md'), 'utf8');

  it('names every resource', () => {
    const paths = found('apps/api/src', /@NeutronController\('([a-z0-9-]+)'\)/g);
    expect(paths.length).toBeGreaterThan(4);
    expect(paths.filter((path) => !api.includes(`\`/${path}\``))).toEqual([]);
  });

  it('names every verb that the bus serves', () => {
    for (const pattern of found('apps/api/src', /@MessagePattern\('([a-z-]+\.[a-z-]+)'\)/g)) {
      const [noun = '', verb = ''] = pattern.split('.');
      expect(api).toContain(`\`${noun}\``);
      expect(api).toMatch(new RegExp(`[\`\\s]${verb}[\`\\s]`));
    }
  });
});
