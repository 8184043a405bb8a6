import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ContractError,
  exportTable,
  importTable,
  learnedTable,
  networkTable,
  openSession,
  reportTable,
  switchClientId,
  switchTable,
  syncReport,
  syncSession,
  syncTable,
} from './index.js';

const golden = (name: string): [string, Record<string, unknown>][] =>
  Object.entries(
    JSON.parse(readFileSync(join(__dirname, `../golden/${name}.v1.golden.json`), 'utf8')) as Record<
      string,
      Record<string, unknown>
    >,
  );

const TABLES = [
  ['switch-table', switchTable],
  ['network-table', networkTable],
  ['report-table', reportTable],
  ['learned-table', learnedTable],
  ['sync-table', syncTable],
  ['export-table', exportTable],
  ['import-table', importTable],
  ['sync-report', syncReport],
] as const;

/** In some row or other; with the kind of row in front, only there. */
const OPTIONAL = [
  'cloud.name',
  'peer.reason',
  'peer.epoch',
  'peer.credentials',
  'peer.exportVirtualMacs',
  'peer.checkSubnets',
  'peer.transit',
  'peer.nextHopSelf',
  'stretch.reason',
  'stretch.theirSegIds',
  'stretch.digestsEqual',
  'static',
  'immutable',
  'routers',
  'moved',
  'path',
  'serviceNodes',
  'maxFloodLocators',
  'maxMacs',
  'drift',
  'bfd',
  'usedTunnelIp',
  'vtep',
  'ip',
  'generation',
  'remotes',
  'capabilities',
];

const isOptional = (key: string, field: string): boolean =>
  OPTIONAL.includes(field) || OPTIONAL.includes(`${key.split('/')[0]}.${field}`);

describe('The rows of version 1', () => {
  it.each(TABLES)('of %s are understood, now and by every later reader', (name, table) => {
    for (const [key, row] of golden(name)) expect(table.decode(key, row)).toMatchSnapshot(key);
  });

  it.each(TABLES)('of %s may have fields that this reader does not know', (name, table) => {
    for (const [key, row] of golden(name))
      expect(table.decode(key, { ...row, later: { than: 1 } })).toEqual(table.decode(key, row));
  });

  it.each(TABLES)('of %s are refused when a required field is missing or of another type', (name, table) => {
    for (const [key, row] of golden(name)) {
      for (const field of Object.keys(row).filter((each) => !isOptional(key, each))) {
        expect(() => table.decode(key, { ...row, [field]: undefined })).toThrow(ContractError);
        const other = typeof row[field] === 'boolean' ? 'text' : true;
        expect(() => table.decode(key, { ...row, [field]: other })).toThrow(ContractError);
      }
      for (const nothing of [null, [], 'text', 5]) expect(() => table.decode(key, nothing)).toThrow(ContractError);
    }
  });

  it('are refused with the place of the fault', () => {
    const row = {
      vni: 5000,
      name: 'n',
      replication: 'source_node',
      bindings: [
        { port: 'e', vlan: 1 },
        { port: 'e', vlan: 4095 },
      ],
    };
    expect(() => switchTable.decode('n', row)).toThrow('l2gw.table.switch.v1: bindings[1].vlan not a VLAN: 4095');
    expect(() => networkTable.decode('mac/zz', { place: { vtep: '10.0.0.1' }, ips: [], kind: 'port' })).toThrow(
      /mac\/zz not a MAC address/,
    );
    expect(() => networkTable.decode('other/1', {})).toThrow(/is not a key of this table/);
  });
});

describe('A client id', () => {
  it('is the same whoever computes it, and is one token of a subject whatever the name', () => {
    expect(switchClientId('tor1.rack2')).toMatch(/^sw-[0-9a-f]{20}$/);
    expect(switchClientId('tor1.rack2')).not.toBe(switchClientId('tor1.rack3'));
    expect(switchClientId('tor-1')).toBe('sw-034e76a1f40fbc3aa710');
  });

  it('is in the subject of the request for a session', () => {
    expect(openSession.subject(switchClientId('tor-1'))).toBe('l2gw.v1.req.sw-034e76a1f40fbc3aa710.open');
    expect(openSession.decode({ switchName: 'tor-1' })).toEqual({ switchName: 'tor-1' });
    expect(() => openSession.decode({})).toThrow(ContractError);
  });
});

describe('The session of remote-sync', () => {
  it('is asked for and renewed by one request, which is granted or held by another instance', () => {
    expect(syncSession.subject).toBe('l2gw.v1.req.sync.open');
    expect(syncSession.decode({ instance: 'one', later: 1 })).toEqual({ instance: 'one' });
    expect(syncSession.decode({ instance: 'one', epoch: 4, seenEpoch: 9 })).toEqual({
      instance: 'one',
      epoch: 4,
      seenEpoch: 9,
    });
    expect(syncSession.decodeReply({ epoch: 5 })).toEqual({ epoch: 5 });
    expect(syncSession.decodeReply({ heldBy: 'two', retryInMs: 900 })).toEqual({ heldBy: 'two', retryInMs: 900 });
    for (const wrong of [{}, { instance: 5 }, { instance: 'one', epoch: 'x' }])
      expect(() => syncSession.decode(wrong)).toThrow(ContractError);
    for (const wrong of [{}, { heldBy: 'two' }]) expect(() => syncSession.decodeReply(wrong)).toThrow(ContractError);
  });
});

describe('The table of what was imported', () => {
  it('is named by the cloud and the connection', () => {
    const table = importTable.table('south', '31c20418-9cf2-4d47-b17e-d92906e3f248');
    expect(table).toBe('import/south/31c20418-9cf2-4d47-b17e-d92906e3f248');
    expect(importTable.partsOf(table)).toEqual({ cloud: 'south', connection: '31c20418-9cf2-4d47-b17e-d92906e3f248' });
    for (const other of ['import/south', 'import/south/c/d', 'export/south/c'])
      expect(importTable.partsOf(other)).toBeUndefined();
  });
});
