import { NotationError } from './errors.js';
import { mapOf, namedUuid, optional, setOf, uuid } from './notation.js';
import { assertLock, commitDurably, expectRows, insert } from './operations.js';
import { rowIs } from './conditions.js';

const ID = 'ee0bb4d2-a1b5-4b9c-8f1e-7d5f4ac4bd77';

describe('The notation of RFC 7047 §5.1', () => {
  it('writes a set of one element bare', () => {
    expect(setOf([])).toEqual(['set', []]);
    expect(setOf(['a'])).toBe('a');
    expect(setOf([uuid(ID)])).toEqual(['uuid', ID]);
    expect(setOf([1, 2])).toEqual(['set', [1, 2]]);
  });

  it('writes an optional column without a value as the empty set', () => {
    expect(optional(undefined)).toEqual(['set', []]);
    expect(optional(0)).toBe(0);
  });

  it('writes a map as pairs, also a map of one', () => {
    expect(mapOf([[100, uuid(ID)]])).toEqual(['map', [[100, ['uuid', ID]]]]);
    expect(mapOf(new Map([['a', 'b']]))).toEqual(['map', [['a', 'b']]]);
  });

  it('refuses names that the server would refuse', () => {
    expect(namedUuid('ls_1')).toEqual(['named-uuid', 'ls_1']);
    for (const name of ['', 'l-s', '1ls', ID]) expect(() => namedUuid(name)).toThrow(NotationError);
    expect(() => assertLock('l2gw-agent')).toThrow(NotationError);
  });
});

describe('Operations', () => {
  it('carry only the members that were asked for', () => {
    expect(insert('T', { a: 1 })).toEqual({ op: 'insert', table: 'T', row: { a: 1 } });
    expect(insert('T', {}, { name: 'n', uuid: ID })).toEqual({
      op: 'insert',
      table: 'T',
      row: {},
      'uuid-name': 'n',
      uuid: ID,
    });
    expect(commitDurably()).toEqual({ op: 'commit', durable: true });
  });

  it('never wait longer than they must: an expectation has a timeout of zero', () => {
    expect(expectRows('T', rowIs(ID), ['a'], [{ a: 1 }])).toEqual({
      op: 'wait',
      table: 'T',
      where: [['_uuid', '==', ['uuid', ID]]],
      columns: ['a'],
      until: '==',
      rows: [{ a: 1 }],
      timeout: 0,
    });
  });
});
