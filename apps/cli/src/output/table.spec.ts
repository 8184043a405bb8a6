import { drawTable } from './table.js';

const lines = (...args: Parameters<typeof drawTable>) =>
  drawTable(...args)
    .trimEnd()
    .split('\n');

describe('A table', () => {
  const rows = [
    ['1', 'a long text that is broken at its spaces'],
    ['2', 'x'.repeat(30)],
  ];

  it.each([40, 30, 24])('fits into %d columns', (width) => {
    const drawn = lines(['id', 'text'], rows, width);
    expect(new Set(drawn.map((line) => line.length))).toEqual(new Set([width]));
    expect(drawn.join('').replace(/[^x]/g, '')).toHaveLength(32);
  });

  it('breaks at spaces where it can', () => {
    expect(lines(['id', 'text'], rows, 24)).toEqual([
      '+----+-----------------+',
      '| id | text            |',
      '+----+-----------------+',
      '| 1  | a long text     |',
      '|    | that is broken  |',
      '|    | at its spaces   |',
      '| 2  | xxxxxxxxxxxxxxx |',
      '|    | xxxxxxxxxxxxxxx |',
      '+----+-----------------+',
    ]);
  });

  it('leaves every column readable, whatever the width', () => {
    expect(lines(['text'], [['x'.repeat(20)]], 3)[0]).toBe('+----------+');
  });

  it('counts letters, not code units', () => {
    expect(lines(['a'], [['𝒳𝒴']])).toEqual(['+----+', '| a  |', '+----+', '| 𝒳𝒴 |', '+----+']);
  });
});
