import fc from 'fast-check';
import type { JsonObject } from './json.js';
import type { ChangeSet } from './replica.js';
import { ReplicaStore } from './replica.js';
import { rowCodecs } from './row-codec.js';
import { readSchema } from './schema.js';
import type { Value } from './value.js';
import { sameRow } from './value.js';

const SCHEMA = readSchema({
  name: 'db',
  version: '1.0.0',
  tables: {
    Port: {
      columns: {
        name: { type: 'string' },
        key: { type: { key: 'integer', min: 0, max: 1 } },
        tags: { type: { key: 'string', min: 0, max: 'unlimited' } },
        bindings: { type: { key: 'integer', value: 'string', min: 0, max: 'unlimited' } },
      },
    },
  },
});
const CODECS = rowCodecs(SCHEMA, { Port: ['name', 'key', 'tags', 'bindings'] });

const watched = (): { readonly store: ReplicaStore; readonly seen: ChangeSet[] } => {
  const store = new ReplicaStore();
  const seen: ChangeSet[] = [];
  store.onChange((changes) => seen.push(changes));
  return { store, seen };
};

describe('A replica', () => {
  it('is the same whether it followed every difference or read the end at once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'c'), anyRow), { minLength: 1, maxLength: 8 }),
        (states) => {
          const { store, seen } = watched();
          store.load(CODECS, 'differences', dumpOf(states[0] ?? {}));
          states
            .slice(1)
            .forEach((next, index) => store.apply('differences', { Port: differencesOf(states[index] ?? {}, next) }));
          const end = watched().store;
          end.load(CODECS, 'differences', dumpOf(states.at(-1) ?? {}));
          expect([...store.table('Port').keys()].sort()).toEqual([...end.table('Port').keys()].sort());
          for (const [uuid, row] of end.table('Port'))
            expect(sameRow(row, store.table('Port').get(uuid) ?? {})).toBe(true);
          expect(replayed(seen)).toEqual(new Map(store.table('Port')));
        },
      ),
      { numRuns: 300 },
    );
  });
});

interface Model {
  readonly name: string;
  readonly key: number | undefined;
  readonly tags: readonly string[];
  readonly bindings: ReadonlyMap<number, string>;
}

const anyRow: fc.Arbitrary<Model> = fc.record({
  name: fc.constantFrom('', 'x', 'y'),
  key: fc.option(fc.nat(3), { nil: undefined }),
  tags: fc.uniqueArray(fc.constantFrom('r', 'g', 'b'), { maxLength: 3 }),
  bindings: fc
    .uniqueArray(fc.tuple(fc.nat(3), fc.constantFrom('p', 'q')), { selector: ([vlan]) => vlan })
    .map((pairs) => new Map(pairs)),
});

const wireSet = (elements: readonly string[]) => (elements.length === 1 ? (elements[0] ?? '') : ['set', elements]);
const wireMap = (pairs: Iterable<readonly [number, string]>) => ['map', [...pairs].map(([key, value]) => [key, value])];
const wireOf = (row: Model): JsonObject => ({
  name: row.name,
  key: row.key ?? ['set', []],
  tags: wireSet(row.tags),
  bindings: wireMap(row.bindings),
});
const dumpOf = (rows: Readonly<Record<string, Model>>): JsonObject => ({
  Port: Object.fromEntries(Object.entries(rows).map(([uuid, row]) => [uuid, { initial: wireOf(row) }])),
});

/** The server's side of the bargain, as ovsdb-server(7) words it: all that is in one of the two only, and new values. */
function modifyOf(before: Model, after: Model): JsonObject {
  const tags = [
    ...before.tags.filter((each) => !after.tags.includes(each)),
    ...after.tags.filter((each) => !before.tags.includes(each)),
  ];
  const gone = [...before.bindings].filter(([key]) => !after.bindings.has(key));
  const set = [...after.bindings].filter(([key, value]) => before.bindings.get(key) !== value);
  return {
    ...(before.name === after.name ? {} : { name: after.name }),
    ...(before.key === after.key ? {} : { key: after.key ?? ['set', []] }),
    ...(tags.length === 0 ? {} : { tags: wireSet(tags) }),
    ...(gone.length + set.length === 0 ? {} : { bindings: wireMap([...gone, ...set]) }),
  };
}

function differencesOf(before: Readonly<Record<string, Model>>, after: Readonly<Record<string, Model>>): JsonObject {
  const updates: Record<string, JsonObject> = {};
  for (const uuid of Object.keys(before)) if (!(uuid in after)) updates[uuid] = { delete: null };
  for (const [uuid, row] of Object.entries(after)) {
    const old = before[uuid];
    updates[uuid] = old === undefined ? { insert: wireOf(row) } : { modify: modifyOf(old, row) };
  }
  return updates;
}

function replayed(seen: readonly ChangeSet[]): Map<string, Readonly<Record<string, Value>>> {
  const rows = new Map<string, Readonly<Record<string, Value>>>();
  for (const { uuid, after } of seen.flatMap(({ changes }) => changes)) {
    if (after === undefined) rows.delete(uuid);
    else rows.set(uuid, after);
  }
  return rows;
}
