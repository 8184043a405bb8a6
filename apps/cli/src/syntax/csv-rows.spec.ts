import { csvRows } from './csv-rows.js';

const cells = (text: string) => csvRows(text).map((row) => row.cells);

describe('CSV', () => {
  it.each([
    ['', []],
    [
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\r\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a\rb', [['a'], ['b']]],
    ['"a,1","b ""x"""\n', [['a,1', 'b "x"']]],
    [
      'a,\n,b\n',
      [
        ['a', ''],
        ['', 'b'],
      ],
    ],
    ['a,', [['a', '']]],
    ['a\n\nb', [['a'], [''], ['b']]],
  ])('%j', (text, rows) => {
    expect(cells(text)).toEqual(rows);
  });

  it('knows its lines, also behind a cell of several', () => {
    expect(csvRows('"a\nb",1\nc,2\n\nd').map(({ line }) => line)).toEqual([1, 3, 4, 5]);
  });

  it('goes on behind a line with a quotation mark out of place', () => {
    expect(csvRows('a"b\nc\n"d"e\nf').map(({ line, broken }) => [line, broken])).toEqual([
      [1, true],
      [2, false],
      [3, true],
      [4, false],
    ]);
  });
});
