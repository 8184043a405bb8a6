import type { WishedNetwork } from '../desired/wish.js';
import { parseVni } from '@l2gw/l2';
import type { ActualLogicalSwitch } from '../switch/switch-contents.js';
import { planLogicalSwitch } from './plan-logical-switch.js';

const NETWORK = 'n1-id';
const NEW = { tunnelKey: true, otherConfig: true, replicationMode: true };
const OLD = { tunnelKey: false, otherConfig: false, replicationMode: false };
const WISH: WishedNetwork = { vni: parseVni(5001), name: 'n1', replication: 'source_node', bindings: [] };
const MARK = new Map([
  ['l2gw-owner', 'l2gw'],
  ['l2gw-network', NETWORK],
]);
const RIGHT: ActualLogicalSwitch = {
  id: 'ls',
  name: NETWORK,
  description: 'n1',
  vni: 5001,
  replication: 'source_node',
  config: new Map([...MARK, ['theirs', 'x']]),
};

describe('The plan for a logical switch', () => {
  it('asks for nothing when the row is as wanted, whatever else others keep in its other_config', () => {
    expect(planLogicalSwitch(NETWORK, WISH, NEW, RIGHT)).toEqual({ kind: 'keep', id: 'ls' });
  });

  it('inserts it with our mark and an explicit replication mode', () => {
    const content = { name: NETWORK, description: 'n1', vni: 5001, replication: 'source_node', config: MARK };
    expect(planLogicalSwitch(NETWORK, WISH, NEW, undefined)).toEqual({ kind: 'insert', content });
  });

  it('writes no column that the schema lacks, and puts the mark at the end of the description then', () => {
    const content = { name: NETWORK, description: 'n1 [l2gw]', vni: 5001 };
    expect(planLogicalSwitch(NETWORK, WISH, OLD, undefined)).toEqual({ kind: 'insert', content });
    const actual = { ...RIGHT, description: 'n1 [l2gw]', replication: undefined, config: new Map<string, string>() };
    expect(planLogicalSwitch(NETWORK, WISH, OLD, actual)).toEqual({ kind: 'keep', id: 'ls' });
  });

  it.each([
    ['the VNI', { vni: 7 }, { vni: 5001 }],
    ['a VNI that somebody took away', { vni: undefined }, { vni: 5001 }],
    ['the description', { description: 'old' }, { description: 'n1' }],
    ['the name, if somebody renamed it', { name: 'x' }, { name: NETWORK }],
    ['an unset replication mode', { replication: undefined }, { replication: 'source_node' }],
    [
      'our mark, without touching what others wrote beside it',
      { config: new Map([['theirs', 'x']]) },
      { config: new Map([['theirs', 'x'], ...MARK]) },
    ],
  ])('changes only %s, in place', (_, difference, content) => {
    expect(planLogicalSwitch(NETWORK, WISH, NEW, { ...RIGHT, ...difference })).toEqual({
      kind: 'update',
      id: 'ls',
      content,
    });
  });
});
