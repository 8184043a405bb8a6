import { networkTable, switchTable } from '@l2gw/contracts';
import { parseIp, parseVtepIp } from '@l2gw/l2';
import { compileMac, compileVtep } from './compile-network.js';
import { compileLogicalSwitch } from './compile-switch.js';

describe('The compiler', () => {
  it('says where a MAC is, in a row that readers of the network table understand', () => {
    const row = compileMac([{ kind: 'port', vtep: parseVtepIp('10.0.0.11'), ips: [parseIp('192.0.2.1')], claim: 1n }]);
    expect(networkTable.decode('mac/02:00:00:00:00:01', row)).toEqual({
      row: 'mac',
      mac: '02:00:00:00:00:01',
      vtep: '10.0.0.11',
      ips: ['192.0.2.1'],
      kind: 'port',
    });
    expect(compileMac([])).toBeUndefined();
  });

  it('lets a VTEP belong to the flood set while a host or a switch there has the network', () => {
    expect(compileVtep(new Set())).toBeUndefined();
    expect(networkTable.decode('vtep/10.0.0.11', compileVtep(new Set(['host'])))).toMatchObject({
      row: 'vtep',
      kind: 'host',
    });
    expect(compileVtep(new Set(['host', 'switch']))).toEqual({ kind: 'switch' });
  });

  it('gives the bindings of a network on a switch in one order, so that equal facts make equal rows', () => {
    const bindings = [
      { port: 'Ethernet41', vlan: 50 },
      { port: 'Ethernet40', vlan: 60 },
      { port: 'Ethernet40', vlan: 50 },
    ];
    const row = compileLogicalSwitch({ name: 'n', vni: 5000, generation: '1.1', bindings }, 'source_node');
    expect(row).toEqual(
      compileLogicalSwitch({ name: 'n', vni: 5000, generation: '1.1', bindings: bindings.toReversed() }, 'source_node'),
    );
    expect(switchTable.decode('id', row).bindings[0]).toEqual({ port: 'Ethernet40', vlan: 50 });
  });

  it('leaves no row of a network that is not bound on the switch', () => {
    expect(compileLogicalSwitch(undefined, 'source_node')).toBeUndefined();
    expect(
      compileLogicalSwitch({ name: 'n', vni: 5000, generation: '1.1', bindings: [] }, 'source_node'),
    ).toBeUndefined();
  });
});
