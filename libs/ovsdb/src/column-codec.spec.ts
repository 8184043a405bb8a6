import { columnCodec, writeValue } from './column-codec.js';
import { readColumnType } from './column-type.js';
import { NotationError } from './errors.js';
import type { Json } from './json.js';

const ID = 'ee0bb4d2-a1b5-4b9c-8f1e-7d5f4ac4bd77';
const NONE = '00000000-0000-0000-0000-000000000000';
const reference: Json = { type: 'uuid', refTable: 'T' };

describe('A column', () => {
  it.each<[string, Json, Json, unknown, Json?]>([
    ['text', 'string', 'a', 'a'],
    ['one atom', { key: 'integer' }, 7, 7],
    ['one atom written as a set', { key: 'integer' }, ['set', [7]], 7, 7],
    ['truth', 'boolean', true, true],
    ['reference', { key: reference }, ['uuid', ID], ID],
    ['optional, absent', { key: 'integer', min: 0, max: 1 }, ['set', []], undefined],
    ['optional, bare', { key: 'integer', min: 0, max: 1 }, 5, 5],
    ['optional, as a set', { key: 'integer', min: 0, max: 1 }, ['set', [5]], 5, 5],
    ['set of none', { key: 'string', min: 0, max: 'unlimited' }, ['set', []], []],
    ['set of one, bare', { key: 'string', min: 0, max: 'unlimited' }, 'a', ['a']],
    ['set of one reference, bare', { key: reference, min: 0, max: 9 }, ['uuid', ID], [ID]],
    ['set of two', { key: 'string', min: 0, max: 2 }, ['set', ['a', 'b']], ['a', 'b']],
    [
      'map',
      { key: 'integer', value: reference, min: 0, max: 'unlimited' },
      ['map', [[5, ['uuid', ID]]]],
      new Map([[5, ID]]),
    ],
    ['map of none', { key: 'string', value: 'string', min: 0, max: 'unlimited' }, ['map', []], new Map()],
  ])('of type %s is read and written', (_, type, wire, value, written = wire) => {
    const column = readColumnType(type);
    const read = columnCodec(column).read(wire);
    expect(read).toEqual(value);
    expect(writeValue(column, read)).toEqual(written);
  });

  it.each<[Json, unknown]>([
    ['string', ''],
    ['integer', 0],
    ['real', 0],
    ['boolean', false],
    [{ key: reference }, NONE],
    [{ key: 'integer', min: 0, max: 1 }, undefined],
    [{ key: 'integer', min: 0, max: 'unlimited' }, []],
    [{ key: 'integer', min: 1, max: 2 }, [0]],
    [{ key: 'integer', value: 'string', min: 0, max: 'unlimited' }, new Map()],
  ])('of type %j that nobody set has its default', (type, value) => {
    expect(columnCodec(readColumnType(type)).initial).toEqual(value);
  });

  it('of another type than the schema says is refused, in both directions', () => {
    const read = (type: Json, wire: Json) => () => columnCodec(readColumnType(type)).read(wire);
    expect(read('string', 5)).toThrow(NotationError);
    expect(read({ key: reference }, 'no uuid')).toThrow(NotationError);
    expect(read({ key: 'integer', min: 0, max: 1 }, ['set', [1, 2]])).toThrow(NotationError);
    expect(read({ key: 'string', value: 'string' }, ['set', ['a']])).toThrow(NotationError);
    expect(() => writeValue(readColumnType('integer'), 'x')).toThrow(NotationError);
    expect(() => writeValue(readColumnType('integer'), undefined)).toThrow(NotationError);
    expect(() => writeValue(readColumnType({ key: 'string', min: 0, max: 2 }), 'x')).toThrow(NotationError);
  });
});

describe('The difference of a column', () => {
  const change = (type: Json, before: Json, difference: Json) => {
    const codec = columnCodec(readColumnType(type));
    return codec.change(codec.read(before), difference);
  };
  const bindings: Json = { key: 'integer', value: 'string', min: 0, max: 'unlimited' };

  it('toggles elements of a set', () => {
    expect(change({ key: 'integer', min: 0, max: 9 }, ['set', [1, 2]], ['set', [2, 3]])).toEqual([1, 3]);
    expect(change({ key: 'integer', min: 0, max: 9 }, 1, 1)).toEqual([]);
  });

  it('removes a pair that is there, replaces another value, adds a new key', () => {
    expect(
      change(
        bindings,
        [
          'map',
          [
            [7, 'a'],
            [8, 'b'],
          ],
        ],
        [
          'map',
          [
            [7, 'a'],
            [8, 'c'],
            [9, 'd'],
          ],
        ],
      ),
    ).toEqual(
      new Map([
        [8, 'c'],
        [9, 'd'],
      ]),
    );
  });

  it('is the new value where there can be one at most', () => {
    const optionalInteger: Json = { key: 'integer', min: 0, max: 1 };
    expect(change(optionalInteger, 5, 6)).toBe(6);
    expect(change(optionalInteger, 5, ['set', []])).toBeUndefined();
    expect(change('string', 'a', 'b')).toBe('b');
  });
});
