import { columnCodec } from './column-codec.js';
import { ProtocolError } from './errors.js';
import type { ChangeSet } from './replica.js';
import { ReplicaStore } from './replica.js';
import { rowCodecs } from './row-codec.js';
import { readSchema } from './schema.js';

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
  it('fills in the defaults that the server leaves out', () => {
    const { store } = watched();
    store.load(CODECS, 'differences', { Port: { a: { initial: { name: 'eth1' } } } });
    expect(store.table('Port').get('a')).toEqual({ name: 'eth1', key: undefined, tags: [], bindings: new Map() });
  });

  it('takes a large dump in turns, and shows nothing of it before its end', async () => {
    const { store, seen } = watched();
    store.load(CODECS, 'differences', { Port: { a: { initial: { name: 'eth1' } } } });
    const rows = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`r${n}`, { initial: { name: `e${n}` } }]));
    const sizes: number[] = [];
    const look = (): NodeJS.Immediate => setImmediate(() => (sizes.push(store.table('Port').size), (next = look())));
    let next = look();
    await store.loadInTurns(CODECS, 'differences', { Port: rows });
    clearImmediate(next);
    expect(sizes.length).toBeGreaterThan(1);
    expect(new Set(sizes)).toEqual(new Set([1]));
    expect(store.table('Port').size).toBe(5000);
    expect(seen.map(({ changes }) => changes.length)).toEqual([1, 5001]);
  });

  it('reads the old notation of monitor too', () => {
    const { store, seen } = watched();
    store.load(CODECS, 'rows', { Port: { a: { new: { name: 'eth1', key: 5 } } } });
    store.apply('rows', {
      Port: { a: { old: { key: 5 }, new: { name: 'eth1', key: ['set', []] } }, b: { new: { name: 'eth2' } } },
    });
    store.apply('rows', { Port: { b: { old: { name: 'eth2' } } } });
    expect([...store.table('Port').keys()]).toEqual(['a']);
    expect(store.table('Port').get('a')?.['key']).toBeUndefined();
    expect(seen.map(({ changes }) => changes.map(({ uuid }) => uuid))).toEqual([['a'], ['a', 'b'], ['b']]);
  });

  it('tells of every message once, with the rows before and after', () => {
    const { store, seen } = watched();
    store.load(CODECS, 'differences', { Port: { a: { initial: { name: 'eth1', bindings: ['map', [[7, 'x']]] } } } });
    const before = store.table('Port').get('a');
    store.apply('differences', {
      Port: {
        a: {
          modify: {
            bindings: [
              'map',
              [
                [7, 'x'],
                [8, 'y'],
              ],
            ],
          },
        },
      },
    });
    expect(seen[1]).toEqual({
      cause: 'update',
      changes: [{ table: 'Port', uuid: 'a', before, after: { ...before, bindings: new Map([[8, 'y']]) } }],
    });
    expect(before?.['bindings']).toEqual(new Map([[7, 'x']]));
  });

  it('tells after a new dump only what really changed, and finds rows that were deleted meanwhile', () => {
    const { store, seen } = watched();
    const stays = { initial: { name: 'stays', tags: ['set', ['a', 'b']] } };
    store.load(CODECS, 'differences', {
      Port: { a: stays, b: { initial: { name: 'goes' } }, c: { initial: { name: 'old' } } },
    });
    const kept = store.table('Port').get('a');
    const again = { initial: { name: 'stays', tags: ['set', ['b', 'a']] } };
    store.load(CODECS, 'differences', {
      Port: { a: again, c: { initial: { name: 'new' } }, d: { initial: { name: 'comes' } } },
    });
    const changes = seen[1]?.changes.map(({ uuid, before, after }) => [uuid, before?.['name'], after?.['name']]);
    expect(changes).toEqual([
      ['b', 'goes', undefined],
      ['c', 'old', 'new'],
      ['d', undefined, 'comes'],
    ]);
    expect(store.table('Port').get('a')).toBe(kept);
  });

  it('says nothing when a dump or an update changes nothing', () => {
    const { store, seen } = watched();
    const dump = { Port: { a: { initial: { name: 'eth1' } } } };
    store.load(CODECS, 'differences', dump);
    store.load(CODECS, 'differences', dump);
    store.apply('differences', { Port: { a: { modify: { name: 'eth1' } } } });
    expect(seen).toHaveLength(1);
  });

  it('has no rows of a table that the server does not have', () => {
    expect(watched().store.table('Tunnel').size).toBe(0);
  });

  it('refuses a change of a row it never heard of: it has lost track', () => {
    const { store } = watched();
    store.load(CODECS, 'differences', {});
    expect(() => store.apply('differences', { Port: { a: { modify: { name: 'x' } } } })).toThrow(ProtocolError);
    expect(() => store.apply('differences', { Other: { a: { delete: null } } })).toThrow(ProtocolError);
  });
});

describe('A column codec', () => {
  it('shares one empty set between all rows', () => {
    const type = SCHEMA.tables.get('Port')?.columns.get('tags');
    if (type === undefined) throw new Error('the schema of this spec has no tags');
    expect(columnCodec(type).read(['set', []])).toBe(columnCodec(type).initial);
  });
});
