import { parseVlan, parseVni } from '@l2gw/l2';
import { Connection, parseEndpoint } from '@l2gw/ovsdb';
import { LOCK } from '../../apps/gateway-agent/src/switch/lock.js';
import type { NetworkChange } from '../../apps/gateway-agent/src/switch/network-change.js';
import { addNetworkChange } from '../../apps/gateway-agent/src/switch/network-operations.js';
import { Transaction } from '../../apps/gateway-agent/src/switch/transaction.js';
import { type EmulatedTor, startTor } from '../harness/emulated-tor.js';
import { eventually } from '../harness/eventually.js';
import { portUuid } from '../harness/tor-rows.js';
import { ForeignHand } from './support/foreign-hand.js';

describe('A VLAN of a port', () => {
  const [OURS, THEIRS] = ['ours', 'theirs'];
  let tor: EmulatedTor;
  let foreigner: ForeignHand;
  let connection: Connection;
  let port: string;

  beforeAll(async () => {
    tor = await startTor({ name: 'tor1', tunnelIps: ['10.0.0.1'], ports: ['Ethernet1'] });
    foreigner = new ForeignHand(tor.server, 'tor1');
    await foreigner.addLogicalSwitch(THEIRS, 6000);
    port = await portUuid(tor.server, 'tor1', 'Ethernet1');
    const endpoint = parseEndpoint(tor.unixEndpoint);
    connection = new Connection({
      endpoint,
      dbName: 'hardware_vtep',
      lock: LOCK,
      selection: { Physical_Port: ['name'] },
    });
    connection.start();
    await eventually(() => expect(connection.live !== undefined && connection.hasLock).toBe(true));
  });
  afterAll(async () => {
    await connection?.stop();
    await tor?.stop();
  });

  /** Binds VLANs to a new logical switch, as the agent does when it has seen the port without any binding. */
  const bind = async (...vlans: readonly number[]): Promise<void> => {
    const content = {
      name: OURS,
      description: '',
      vni: parseVni(5000),
      replication: 'source_node',
      config: new Map<string, string>(),
    } as const;
    const seen = {
      id: port,
      switch: 'tor1',
      name: 'Ethernet1',
      description: '',
      faults: [],
      bindings: new Map<number, string>(),
    };
    const change: NetworkChange = {
      logicalSwitch: { kind: 'insert', content },
      bind: [{ port: seen, vlans: vlans.map((each) => parseVlan(each)) }],
      unbind: [],
      flood: { remove: [], write: undefined },
      macs: [],
    };
    const transaction = new Transaction(() => undefined);
    addNetworkChange(transaction, change);
    await connection.transact(transaction.operations);
  };

  it('that somebody has bound meanwhile fails the transaction as a whole', async () => {
    await foreigner.bind('Ethernet1', 100, THEIRS);
    const before = await tor.server.dump();
    await expect(bind(100)).rejects.toMatchObject({ error: 'timed out' });
    await expect(bind(99, 100)).rejects.toMatchObject({ error: 'timed out' });
    expect(await tor.server.dump()).toBe(before);
  });

  it('is bound whatever somebody has bound beside it', async () => {
    await foreigner.bind('Ethernet1', 101, THEIRS);
    await bind(200, 201);
    const bindings = await tor.vlanBindings('Ethernet1');
    const on = (logicalSwitch: string) => bindings.filter((each) => each.logicalSwitch === logicalSwitch);
    expect(on(OURS).map(({ vlan }) => vlan)).toEqual([200, 201]);
    expect(on(THEIRS).map(({ vlan }) => vlan)).toEqual([100, 101]);
  });
});
