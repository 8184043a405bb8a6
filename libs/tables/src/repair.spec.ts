import type { Bound } from './bound.js';
import { BUCKETS } from './hash.js';
import { hashed, HashedRows } from './hashed-rows.js';
import { Repair } from './repair.js';
import type { RowOp } from './source.js';
import { TableCopy } from './table-copy.js';

type Questions = ConstructorParameters<typeof Repair>[0];

function emptyCopy(options: {
  readonly bound?: Bound | undefined;
  readonly early?: readonly string[];
}): TableCopy<unknown> {
  return new TableCopy<unknown>({
    name: 't',
    decode: (_, raw) => raw,
    persist: false,
    ...options,
    writerIsSilent: () => false,
    onProblem: () => undefined,
  });
}

function copyAt(revision: number, ops: readonly RowOp[], bound?: Bound): TableCopy<unknown> {
  const copy = emptyCopy({ bound });
  copy.become({ epoch: 'e', revision: 0, rows: new Map(), partial: false });
  copy.advance(revision, ops);
  return copy;
}

/** A writer that answers what is scripted, and nothing else. */
function scripted(answers: Partial<Questions>): Questions {
  const unexpected = () => Promise.reject(new Error('was not to be asked'));
  return { since: unexpected, digests: unexpected, bucket: unexpected, snapshot: unexpected, ...answers };
}

function digestsOf(rows: readonly { readonly key: string; readonly row: object }[]): readonly string[] {
  const held = new HashedRows<object>();
  for (const { key, row } of rows) held.put(key, hashed(key, row), row);
  return held.bucketDigests();
}

const A = { key: 'a', row: { value: 1 } };
const B = { key: 'b', row: { value: 2 } };
const nothingSince = async (_: string, from: number) =>
  ({ state: 'ops', epoch: 'e', from, to: from, ops: [], more: false }) as const;

describe('A repair', () => {
  it('by digests keeps old deltas out, because they would spoil what was found equal to a later revision', async () => {
    const copy = copyAt(4, [A]);
    const frozen: boolean[] = [];
    const asker = scripted({
      digests: async () => ({ state: 'digests', epoch: 'e', revision: 14, digests: digestsOf([A]) }),
      since: (table, from) => {
        frozen.push(copy.frozen);
        return nothingSince(table, from);
      },
    });
    expect(await new Repair(asker, copy, { ahead: -1, forget: () => undefined }).run('digest')).toBe('repaired');
    expect(frozen).toEqual([true]);
    expect(copy).toMatchObject({ frozen: false, revision: 14 });
  });

  it('that fails leaves the copy open for deltas', async () => {
    const copy = copyAt(4, [A]);
    const digests: Questions['digests'] = async () => ({
      state: 'digests',
      epoch: 'e',
      revision: 14,
      digests: digestsOf([A, B]),
    });
    await expect(
      new Repair(scripted({ digests }), copy, { ahead: -1, forget: () => undefined }).run('digest'),
    ).rejects.toThrow('not to be asked');
    expect(copy).toMatchObject({ frozen: false, revision: 4 });
  });

  it('of a table in which nothing happens ends although the writer has forgotten older drops', async () => {
    const copy = copyAt(4, [A]);
    const since: Questions['since'] = async () => ({ state: 'too-old', epoch: 'e', revision: 4 });
    expect(await new Repair(scripted({ since }), copy, { ahead: -1, forget: () => undefined }).run('since')).toBe(
      'repaired',
    );
    const snapshot: Questions['snapshot'] = async () => ({ state: 'rows', epoch: 'e', revision: 4, rows: [B] });
    expect(
      await new Repair(scripted({ since, snapshot }), copy, { ahead: -1, forget: () => undefined }).run('snapshot'),
    ).toBe('repaired');
    expect([...copy.entries()]).toEqual([['b', B.row]]);
  });

  it('makes several pages and what happened meanwhile one state', async () => {
    const copy = copyAt(4, []);
    const pages = [
      { state: 'rows', epoch: 'e', revision: 5, rows: [A, { key: 'gone', row: {} }], next: 'gone' },
      { state: 'rows', epoch: 'e', revision: 7, rows: [{ key: 'z', row: { value: 26 } }] },
    ] as const;
    const snapshot: Questions['snapshot'] = async (_, cursor) => (cursor === undefined ? pages[0] : pages[1]);
    const since: Questions['since'] = async (_, from) =>
      ({ state: 'ops', epoch: 'e', from, to: 8, ops: [B, { key: 'gone' }], more: false }) as const;
    expect(
      await new Repair(scripted({ snapshot, since }), copy, { ahead: -1, forget: () => undefined }).run('snapshot'),
    ).toBe('repaired');
    expect(copy.revision).toBe(8);
    expect([...copy.entries()].map(([key]) => key).sort()).toEqual(['a', 'b', 'z']);
  });

  it('does not empty a table that a delta has told to be there again', async () => {
    const copy = copyAt(4, [A]);
    const heard = { ahead: -1, forget: () => undefined };
    const since: Questions['since'] = async () => {
      heard.ahead = 9;
      copy.advance(9, [B]);
      return { state: 'removed', epoch: 'e', revision: 8 };
    };
    await expect(new Repair(scripted({ since }), copy, heard).run('since')).rejects.toThrow();
    expect(copy).toMatchObject({ revision: 9, size: 2 });
  });

  it('does not go back behind a delta that was applied while it asked', async () => {
    const copy = copyAt(4, [A]);
    const heard = { ahead: -1, forget: () => (heard.ahead = -1) };
    const snapshot: Questions['snapshot'] = async () => ({ state: 'rows', epoch: 'e', revision: 4, rows: [A] });
    const since: Questions['since'] = async (_, from) => {
      if (copy.revision === 9) return { state: 'ops', epoch: 'e', from, to: 9, ops: [B], more: false };
      heard.ahead = 9;
      copy.advance(9, [B]);
      return { state: 'ops', epoch: 'e', from, to: from, ops: [], more: false };
    };
    expect(await new Repair(scripted({ snapshot, since }), copy, heard).run('snapshot')).toBe('repaired');
    expect(copy).toMatchObject({ revision: 9, size: 2 });
  });

  it('starts over when the epoch changes under it', async () => {
    const copy = copyAt(4, []);
    const snapshot: Questions['snapshot'] = async () => ({ state: 'rows', epoch: 'f', revision: 5, rows: [A] });
    const run = new Repair(scripted({ snapshot, since: nothingSince }), copy, {
      ahead: -1,
      forget: () => undefined,
    }).run('snapshot');
    await expect(run).rejects.toMatchObject({ name: 'RepairOvertaken' });
    expect(copy.size).toBe(0);
  });

  it('has 256 buckets to compare', () => expect(digestsOf([A])).toHaveLength(BUCKETS));

  describe('of a table that is larger than its bound', () => {
    const C = { key: 'c', row: { value: 3 } };
    const Z = { key: 'z', row: { value: 26 } };
    const heard = { ahead: -1, forget: () => undefined };
    const bound = { most: () => 2, keeps: (key: string) => key === 'z', isKnown: () => true };
    const snapshotOf = (...rows: { readonly key: string; readonly row: object }[]): Questions =>
      scripted({ snapshot: async () => ({ state: 'rows', epoch: 'e', revision: 5, rows }), since: nothingSince });
    const repaired = async (copy: TableCopy<unknown>, ...rows: { readonly key: string; readonly row: object }[]) => {
      await new Repair(snapshotOf(...rows), copy, heard).run('snapshot');
      return { keys: [...copy.keys()].sort().join(''), partial: copy.partial };
    };

    it('holds as many rows as it allows, and those that are to be kept', async () => {
      expect(await repaired(copyAt(4, [], bound), A, B, C, Z)).toEqual({ keys: 'abz', partial: true });
    });

    it('leaves what is held already in place, and drops what has gone', async () => {
      expect(await repaired(copyAt(4, [B, C], bound), A, B, C)).toEqual({ keys: 'bc', partial: true });
      expect(await repaired(copyAt(4, [B, C], bound), A, C)).toEqual({ keys: 'c', partial: true });
    });

    it('holds all of it when it has become smaller', async () => {
      const copy = copyAt(4, [B, C, A], bound);
      expect(copy.partial).toBe(true);
      copy.advance(5, [{ key: 'b' }, { key: 'c' }]);
      expect(copy.held.sparse).toBe(true);
      expect(await repaired(copy, A)).toEqual({ keys: 'a', partial: false });
    });

    it('holds no more although deltas have come while it read', async () => {
      const copy = copyAt(4, [], bound);
      const snapshot: Questions['snapshot'] = async () => {
        copy.advance(6, [C, { key: 'd', row: {} }]);
        return { state: 'rows', epoch: 'e', revision: 5, rows: [A, B, Z] };
      };
      const since: Questions['since'] = async (_, from) =>
        ({ state: 'ops', epoch: 'e', from, to: 6, ops: [C, { key: 'd', row: {} }], more: false }) as const;
      await new Repair(scripted({ snapshot, since }), copy, heard).run('snapshot');
      expect([[...copy.keys()].sort().join(''), copy.partial]).toEqual(['cdz', true]);
    });

    it('hears of what is held, and of nothing else', () => {
      const copy = copyAt(4, [A, B, C, Z], bound);
      copy.advance(5, [{ key: 'c', row: { value: 4 } }, { key: 'b' }]);
      copy.advance(6, [{ key: 'a', row: { value: 5 } }]);
      expect([...copy.entries()]).toEqual([
        ['z', Z.row],
        ['a', { value: 5 }],
      ]);
    });

    it('leaves nothing out before it is known what is to be kept', async () => {
      const copy = copyAt(4, [], { ...bound, isKnown: () => false });
      await expect(repaired(copy, A, B, C)).rejects.toMatchObject({ name: 'RepairOvertaken' });
      copy.advance(5, [A, B, C]);
      expect(copy).toMatchObject({ partial: false, size: 3 });
    });

    it('by digests is one by a snapshot', async () => {
      const copy = copyAt(4, [A, B, C], bound);
      await new Repair(snapshotOf(A, B, C, { key: 'd', row: {} }), copy, heard).run('digest');
      expect(copy).toMatchObject({ revision: 5, partial: true, size: 2 });
    });

    it('tells early of no more rows than it allows, however often it starts over, and takes none back before it is whole', async () => {
      const copy = emptyCopy({ bound, early: ['z'] });
      const told: string[] = [];
      copy.onChange(({ keys }) => told.push([...keys].sort().join('')));
      const page = { state: 'rows', epoch: 'e', revision: 5 } as const;
      const bucket: Questions['bucket'] = async () => ({ ...page, rows: [Z] });
      const fails = () => Promise.reject(new Error('lost'));
      const repair = (snapshot: Questions['snapshot']) =>
        new Repair(scripted({ bucket, snapshot, since: nothingSince }), copy, heard).run('snapshot');
      await expect(
        repair((_, cursor) => (cursor === undefined ? Promise.resolve({ ...page, rows: [A, B], next: 'b' }) : fails())),
      ).rejects.toThrow('lost');
      expect([told, copy.complete, [...copy.keys()].sort().join('')]).toEqual([['z', 'a'], false, 'az']);
      await repair(async (_, cursor) =>
        cursor === undefined ? { ...page, rows: [B, C], next: 'c' } : { ...page, rows: [{ key: 'd', row: {} }, Z] },
      );
      expect([told, copy.complete, copy.partial]).toEqual([['z', 'a', 'a'], true, true]);
      expect([...copy.keys()]).toEqual(['z']);
    });
  });
});
