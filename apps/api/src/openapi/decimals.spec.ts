import { decimals } from './decimals.js';

describe('The pattern of decimal texts', () => {
  it.each([
    [0, 0],
    [4, 6],
    [0, 9],
    [1, 10],
    [7, 100],
    [68, 131],
    [95, 1204],
    [0, 4094],
    [999, 1000],
  ])('from %i to %i is that of these numbers and of no others', (lowest, highest) => {
    const pattern = new RegExp(decimals(lowest, highest));
    for (let number = 0; number <= highest * 2 + 20; number += 1) {
      expect([number, pattern.test(String(number))]).toEqual([number, number >= lowest && number <= highest]);
    }
    for (const text of ['', '-1', `0${highest}`, ` ${highest}`, `${highest}.0`]) expect(pattern.test(text)).toBe(false);
  });

  it('knows the edges of large ranges', () => {
    const pattern = new RegExp(decimals(1, 16_777_215));
    for (const good of ['1', '9', '10', '9999999', '10000000', '16777215']) expect(pattern.test(good)).toBe(true);
    for (const bad of ['0', '16777216', '16777220', '20000000', '99999999', '100000000'])
      expect(pattern.test(bad)).toBe(false);
  });
});
