import { decodeState, encodeState, UnusableState } from './state-file.js';

const rows = Array.from({ length: 1200 }, (_, n) => [`mac/${n}`, { ips: ['ünïcode\n"'], n }] as const);
const dump = { table: 'network/n1', epoch: 'e', revision: 7, rows };
const text = [...encodeState(dump)].join('');

describe('What is remembered of a table', () => {
  it('comes back as it was', () => {
    expect(decodeState(text)).toEqual(expect.objectContaining(dump));
    expect(decodeState([...encodeState({ ...dump, rows: [] })].join(''))).toMatchObject({ rows: [] });
  });

  it.each([
    ['is empty', ''],
    ['was cut off', text.slice(0, -100)],
    ['was cut off between two rows', text.slice(0, text.indexOf('\n', 5000) + 1)],
    ['has another byte', text.replace('mac/17"', 'mac/18"')],
    ['has lost a row', text.replace(/\n\["mac\/17".*/, '')],
    ['is something else', '{}\n'],
  ])('is not used when its file %s', (_, damaged) => {
    expect(() => decodeState(damaged)).toThrow(UnusableState);
  });

  it('is not used when it was written by a later version', () => {
    const later = [...encodeState(dump)].join('').replace('l2gw.state.v1', 'l2gw.state.v2');
    expect(() => decodeState(later)).toThrow(UnusableState);
  });
});
