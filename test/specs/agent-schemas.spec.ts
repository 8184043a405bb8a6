/** Switches are as old as their firmware: what each version of the schema lacks must not keep the rest from working. */
import { eventually } from '../harness/eventually.js';
import { SCHEMA_VERSIONS, writeSchema } from '../harness/older-schema.js';
import { removeDirectory, temporaryDirectory } from '../harness/temporary-directory.js';
import { type AgentWorld, startAgentWorld } from './support/agent-world.js';
import { LOGICAL_SWITCH, M1, N1, VTEP_1, VTEP_2, wantW1 } from './support/wanted.js';

const since = (version: string, first: string) => SCHEMA_VERSIONS.indexOf(version) >= SCHEMA_VERSIONS.indexOf(first);

describe.each(SCHEMA_VERSIONS)('A switch with schema %s', (version) => {
  let dir: string;
  let world: AgentWorld;
  let empty: string;
  beforeAll(async () => {
    dir = await temporaryDirectory('schema');
    world = await startAgentWorld({ server: { schema: await writeSchema(dir, version) } });
    empty = await world.tor.server.dump();
    await world.startConverged();
    await wantW1(world);
  });
  afterAll(async () => {
    await world?.stop();
    await removeDirectory(dir);
  });

  it('gets everything that the schema has room for, and our mark where it can be', async () => {
    expect(world.report('switch')).toMatchObject({ schema: version });
    const marked = since(version, '1.5.1')
      ? LOGICAL_SWITCH
      : { ...LOGICAL_SWITCH, description: 'n1 [l2gw]', otherConfig: {} };
    expect(await world.tor.logicalSwitches()).toMatchObject([
      { ...marked, replicationMode: since(version, '1.6.0') ? 'source_node' : undefined },
    ]);
    expect(await world.tor.remoteMacs(N1)).toMatchObject([
      { mac: M1, vtepIp: VTEP_1, ip: '10.1.0.11' },
      { vtepIp: VTEP_2 },
    ]);
    expect(await world.tor.floodSet(N1)).toEqual([VTEP_1, VTEP_2]);
    expect(await world.tor.vlanBindings('Ethernet1')).toMatchObject([{ vlan: 100, logicalSwitch: N1 }]);
  });

  it('tells what it learns', async () => {
    await world.tor.learn(N1, '02:00:00:00:ba:1e', '10.1.0.77');
    await eventually(() => expect(world.learned).toMatchObject([{ mac: '02:00:00:00:ba:1e', ip: '10.1.0.77' }]));
    await world.tor.forget(N1, '02:00:00:00:ba:1e');
    await eventually(() => expect(world.learned).toEqual([]));
  });

  it('is found as it was left by the next agent, and is empty again when nothing is wanted', async () => {
    await world.stopAgents();
    const writes = await world.watchWrites();
    await world.startConverged();
    expect(writes.seen).toEqual([]);
    await writes.stop();
    world.want(N1, undefined);
    await eventually(async () => expect(await world.tor.server.dump()).toBe(empty));
  });
});
