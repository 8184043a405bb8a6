import { ProtocolError } from './errors.js';
import { readSchema } from './schema.js';
import { trimSelection } from './selection.js';

const SCHEMA = {
  name: 'vtep',
  version: '1.3.0',
  cksum: '1 2',
  tables: {
    Switch: { isRoot: true, columns: { name: { type: 'string' }, key: { type: { key: 'integer', min: 0 } } } },
    Port: { columns: { name: { type: 'string' } } },
  },
};

describe('A schema', () => {
  it('keeps its version and the types of its columns', () => {
    const schema = readSchema(SCHEMA);
    expect(schema).toMatchObject({ name: 'vtep', version: '1.3.0', checksum: '1 2' });
    expect(schema.tables.get('Switch')?.isRoot).toBe(true);
    expect(schema.tables.get('Port')?.isRoot).toBe(false);
    expect(schema.tables.get('Switch')?.columns.get('key')?.shape).toBe('optional');
  });

  it('that makes no sense is refused', () => {
    expect(() => readSchema({ tables: { T: { columns: { c: { type: 'text' } } } } })).toThrow(ProtocolError);
    expect(() => readSchema({ tables: [] })).toThrow(ProtocolError);
  });
});

describe('A selection', () => {
  it('is cut to what the server has, and says what is missing', () => {
    const wanted = { Switch: ['name', 'replication_mode'], Port: ['name'], Tunnel: ['local'] };
    expect(trimSelection(wanted, readSchema(SCHEMA))).toEqual({
      selection: { Switch: ['name'], Port: ['name'] },
      missing: { tables: ['Tunnel'], columns: [{ table: 'Switch', column: 'replication_mode' }] },
    });
  });
});
