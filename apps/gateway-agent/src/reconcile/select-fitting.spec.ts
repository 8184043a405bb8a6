import type { MacAddress } from '@l2gw/l2';
import { locatorTo } from '../switch/locator.js';
import type { OwnedMacChange, RemoteMac } from '../switch/network-change.js';
import { selectFitting } from './select-fitting.js';

const entry = (mac: string): RemoteMac => ({ mac: mac as MacAddress, locator: locatorTo('10.0.0.1'), ip: '' });
const add = (mac: string): OwnedMacChange => ({ logicalSwitch: 'ls', change: { kind: 'add', entry: entry(mac) } });
const move = (mac: string): OwnedMacChange => ({
  logicalSwitch: 'ls',
  change: { kind: 'move', id: mac, entry: entry(mac) },
});
const remove = (mac: string): OwnedMacChange => ({ logicalSwitch: 'ls', change: { kind: 'remove', id: mac, mac } });

const NO_FAULT = { taken: 8, faults: [] };
const FULL = { taken: 0, most: undefined, faults: ['unspecified_fault', 'mac_table_exhaustion'] };

describe('Of MACs that are to be written', () => {
  it('all fit where nobody knows better', () => {
    const changes = [add('a'), remove('b')];
    expect(selectFitting(changes, { ...NO_FAULT, most: undefined })).toEqual({
      changes,
      beyond: [],
      problem: undefined,
    });
  });

  it('as many are added as there is room for', () => {
    const plan = selectFitting([add('a'), add('b'), add('c'), move('d')], { ...NO_FAULT, most: 10 });
    expect(plan).toMatchObject({ changes: [add('a'), add('b'), move('d')], beyond: [add('c')] });
    expect(plan.problem).toMatchObject({ code: 'SWITCH_FULL', text: expect.stringContaining('10 MACs') });
  });

  it('one takes the room of another that goes', () => {
    expect(selectFitting([remove('x'), add('a')], { ...NO_FAULT, most: 8 }).beyond).toEqual([]);
  });

  it('none is added while the switch says that it is full; moves and removals go on', () => {
    expect(selectFitting([add('a'), move('b'), remove('c')], FULL)).toMatchObject({
      changes: [move('b'), remove('c')],
      beyond: [add('a')],
      problem: { code: 'SWITCH_FULL' },
    });
  });
});
