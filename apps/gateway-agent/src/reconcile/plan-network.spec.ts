import { parseMac, parseVlan, parseVni } from '@l2gw/l2';
import { locatorTo } from '../switch/locator.js';
import type { RemoteMac } from '../switch/network-change.js';
import type { ActualLogicalSwitch, ActualPort } from '../switch/switch-contents.js';
import { isEmpty, type NetworkState, planNetwork } from './plan-network.js';

const NETWORK = 'n1-id';
const V1 = locatorTo('192.0.2.1');
const CONFIG = new Map([
  ['l2gw-owner', 'l2gw'],
  ['l2gw-network', NETWORK],
]);
const OURS: ActualLogicalSwitch = {
  id: 'ours',
  name: NETWORK,
  description: 'n1',
  vni: 5001,
  replication: 'source_node',
  config: CONFIG,
};
const THEIRS: ActualLogicalSwitch = { ...OURS, id: 'theirs', name: 'theirs', config: new Map() };

const eth1 = (bindings: ReadonlyMap<number, string> = new Map()): ActualPort => ({
  id: 'p1',
  switch: 'tor1',
  name: 'eth1',
  description: '',
  faults: [],
  bindings,
});
const macs = (count: number): RemoteMac[] =>
  Array.from({ length: count }, (_, n) => ({
    mac: parseMac(`020000${n.toString(16).padStart(6, '0')}`),
    locator: locatorTo(`192.0.2.${n < count - 2 ? 1 : 2 + n - count + 2}`),
    ip: '' as const,
  }));

function state(difference: Partial<NetworkState> = {}): NetworkState {
  return {
    network: NETWORK,
    wish: {
      vni: parseVni(5001),
      name: 'n1',
      replication: 'source_node',
      bindings: [{ switch: 'tor1', port: 'eth1', vlan: parseVlan(100) }],
    },
    isCertain: true,
    roomForMacs: Infinity,
    members: { flood: [V1], macs: () => macs(3) },
    can: { tunnelKey: true, otherConfig: true, replicationMode: true },
    strangers: { sameName: undefined, sameVni: [] },
    logicalSwitch: undefined,
    isAdopted: false,
    bindings: {
      switches: ['tor1'],
      ports: [eth1()],
      bound: [],
      holderOf: (id) => ({ name: id, leaves: id === 'leaving' }),
    },
    flood: [],
    problems: [],
    ...difference,
  };
}

const bindings = (held: string) => ({
  switches: ['tor1'],
  ports: [eth1(new Map([[100, held]]))],
  bound: [],
  holderOf: (id: string) => ({ name: id, leaves: id === 'leaving' }),
});

const PRESENT = {
  logicalSwitch: OURS,
  bindings: { ...bindings('ours'), bound: [{ port: 'p1', vlan: 100 }] },
  flood: [{ id: 'f', mac: 'unknown-dst', locators: [V1] }],
};

describe('The plan for a network', () => {
  it('brings logical switch, binding, flood set and MACs in one change', () => {
    expect(planNetwork(state())).toMatchObject({
      kind: 'write',
      isWhole: true,
      problems: [],
      change: {
        logicalSwitch: { kind: 'insert' },
        bind: [{ vlans: [100] }],
        flood: { write: { locators: [V1] } },
        macs: [{ kind: 'add' }, { kind: 'add' }, { kind: 'add' }],
      },
    });
  });

  it('brings the first hundred MACs of many, and among them one of each locator', () => {
    const plan = planNetwork(state({ members: { flood: [V1], macs: () => macs(1000) } }));
    const entries =
      plan.kind === 'write' ? plan.change.macs.flatMap((each) => (each.kind === 'add' ? [each.entry] : [])) : [];
    expect(entries).toHaveLength(100);
    expect(new Set(entries.map((each) => each.locator)).size).toBe(3);
  });

  it('changes nothing when everything is there, and leaves the MACs of a logical switch that is there to others', () => {
    const plan = planNetwork(state(PRESENT));
    expect(plan.kind === 'write' && isEmpty(plan.change)).toBe(true);
  });

  it('writes nothing while somebody else has the VNI or the name', () => {
    const strangers = { sameName: THEIRS, sameVni: [THEIRS] };
    expect(planNetwork(state({ ...PRESENT, strangers }))).toEqual({
      kind: 'blocked',
      problems: [expect.objectContaining({ code: 'CONFLICT' }), expect.objectContaining({ code: 'VNI_IN_USE' })],
    });
  });

  it('has no logical switch of which no binding can be made', () => {
    const problems = [expect.objectContaining({ code: 'CONFLICT' })];
    expect(planNetwork(state({ bindings: bindings('theirs') }))).toEqual({ kind: 'absent', problems });
    expect(planNetwork(state({ logicalSwitch: OURS, bindings: bindings('theirs') }))).toEqual({
      kind: 'absent',
      problems,
    });
  });

  it('leaves a logical switch as it is when the switch that should have its bindings is not there', () => {
    const missing = { ...bindings('ours'), switches: [] };
    expect(planNetwork(state({ logicalSwitch: OURS, bindings: missing }))).toEqual({
      kind: 'blocked',
      problems: [expect.objectContaining({ code: 'SWITCH_NOT_FOUND', switch: 'tor1' })],
    });
  });

  it('waits for another network of ours to leave its place', () => {
    expect(planNetwork(state({ bindings: bindings('leaving') }))).toEqual({ kind: 'wait' });
  });

  it('begins nothing before the network’s table is complete, but goes on binding and unbinding what is there', () => {
    expect(planNetwork(state({ members: undefined }))).toEqual({ kind: 'wait' });
    const plan = planNetwork(state({ ...PRESENT, members: undefined, flood: [] }));
    expect(plan).toMatchObject({ kind: 'write', change: { flood: { write: undefined, remove: [] }, macs: [] } });
  });

  it('only adds while what is wanted is only remembered', () => {
    const uncertain = { isCertain: false };
    expect(planNetwork(state({ ...PRESENT, ...uncertain, bindings: bindings('theirs') }))).toEqual({ kind: 'wait' });
    const plan = planNetwork(
      state({
        ...uncertain,
        logicalSwitch: { ...OURS, vni: 4711, description: 'other' },
        bindings: {
          ...bindings('ours'),
          bound: [
            { port: 'p1', vlan: 100 },
            { port: 'p2', vlan: 100 },
          ],
        },
        flood: [
          { id: 'f', mac: 'unknown-dst', locators: ['10.9.9.9' as typeof V1] },
          { id: 'g', mac: 'unknown-dst', locators: [V1] },
          { id: 'h', mac: 'unknown-dst', locators: ['10.9.9.9' as typeof V1] },
        ],
      }),
    );
    expect(plan).toMatchObject({ kind: 'write', isWhole: false });
    expect(plan.kind === 'write' && isEmpty(plan.change)).toBe(true);
    const flood = [{ id: 'f', mac: 'unknown-dst', locators: ['10.9.9.9' as typeof V1] }];
    expect(planNetwork(state({ ...PRESENT, ...uncertain, flood }))).toMatchObject({
      change: { flood: { remove: [], write: { row: 'f', locators: ['10.9.9.9', V1].sort() } } },
    });
  });
});
