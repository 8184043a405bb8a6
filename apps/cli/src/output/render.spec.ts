import { type Format, renderList, renderObject } from './render.js';

const devices = [
  { device_name: 'tor1', interfaces: [{ name: 'eth1', segmentation_id: ['7', '8'] }, { name: 'eth2' }] },
];
const rows = [
  { id: '1', name: 'a, "b"', devices, reason: null },
  { id: '2', name: 'two words', devices: [] },
];
const COLUMNS = ['id', 'name', 'devices', 'reason'];
const style = (format: Format, maxWidth = 0) => ({ format, maxWidth });

describe('A list', () => {
  it('is a table for people, with devices as --device takes them', () => {
    expect(renderList(rows, ['id', 'name', 'devices'], style('table'))).toBe(
      [
        '+----+-----------+-----------------------------------------+',
        '| id | name      | devices                                 |',
        '+----+-----------+-----------------------------------------+',
        '| 1  | a, "b"    | name=tor1,interface_names=eth1:7,8;eth2 |',
        '| 2  | two words |                                         |',
        '+----+-----------+-----------------------------------------+',
        '',
      ].join('\n'),
    );
  });

  it('is a table also when it is empty', () => {
    expect(renderList([], ['id', 'name'], style('table'))).toBe(
      ['+----+------+', '| id | name |', '+----+------+', ''].join('\n'),
    );
  });

  it('is CSV', () => {
    expect(renderList(rows, COLUMNS, style('csv'))).toBe(
      [
        'id,name,devices,reason',
        '1,"a, ""b""","[{""device_name"":""tor1"",""interfaces"":[{""name"":""eth1"",""segmentation_id"":[""7"",""8""]},{""name"":""eth2""}]}]",',
        '2,two words,[],',
        '',
      ].join('\n'),
    );
  });

  it('is bare values', () => {
    expect(renderList(rows, ['id', 'name'], style('value'))).toBe('1 a, "b"\n2 two words\n');
  });

  it('is JSON with null for what is not there', () => {
    const text = renderList(rows, COLUMNS, style('json'));
    expect(JSON.parse(text)).toEqual(rows.map((row) => ({ ...row, reason: null })));
    expect(text).toMatch(/^\[\n {2}\{\n {4}"id": "1",\n/);
  });

  it('is YAML', () => {
    expect(renderList(rows, COLUMNS, style('yaml'))).toBe(
      [
        '- id: "1"',
        '  name: "a, \\"b\\""',
        '  devices:',
        '  - device_name: tor1',
        '    interfaces:',
        '    - name: eth1',
        '      segmentation_id:',
        '      - "7"',
        '      - "8"',
        '    - name: eth2',
        '  reason: null',
        '- id: "2"',
        '  name: "two words"',
        '  devices: []',
        '  reason: null',
        '',
      ].join('\n'),
    );
  });
});

describe('An object', () => {
  const row = { id: '1', flood: true, ports: [{ name: 'eth1', faults: ['DOWN'], bindings: [] }, { name: 'eth2' }] };
  it('is a table of fields', () => {
    expect(renderObject(row, ['flood', 'id', 'ports'], style('table'))).toBe(
      [
        '+-------+---------------------------+',
        '| Field | Value                     |',
        '+-------+---------------------------+',
        '| flood | true                      |',
        '| id    | 1                         |',
        '| ports | name=eth1 faults=["DOWN"] |',
        '|       | name=eth2                 |',
        '+-------+---------------------------+',
        '',
      ].join('\n'),
    );
  });

  it('is a value a line', () => {
    expect(renderObject(row, ['id', 'flood'], style('value'))).toBe('1\ntrue\n');
  });

  it('is a heading and a row of CSV', () => {
    expect(renderObject(row, ['id', 'flood'], style('csv'))).toBe('id,flood\n1,true\n');
  });

  it('is JSON or YAML', () => {
    expect(JSON.parse(renderObject(row, ['id', 'flood'], style('json')))).toEqual({ id: '1', flood: true });
    expect(renderObject(row, ['id', 'flood'], style('yaml'))).toBe('id: "1"\nflood: true\n');
  });

  it('cannot move the cursor of a terminal', () => {
    expect(renderObject({ name: 'a\u001b[2Jb\nc' }, ['name'], style('table'))).toContain('a\\u001b[2Jb\\u000ac');
  });
});
