import { parseVlan } from '@l2gw/l2';
import type { ActualPort } from '../switch/switch-contents.js';
import { type BindingsState, planBindings } from './plan-bindings.js';

const OURS = 'ours';
const port = (name: string, bindings: Readonly<Record<number, string>> = {}): ActualPort => ({
  id: `id of ${name}`,
  switch: 'tor1',
  name,
  description: '',
  faults: [],
  bindings: new Map(Object.entries(bindings).map(([vlan, id]) => [Number(vlan), id])),
});
const place = (name: string, vlan: number) => ({ switch: 'tor1', port: name, vlan: parseVlan(vlan) });

function plan(state: Partial<BindingsState>) {
  return planBindings({
    desired: [place('eth1', 100)],
    switches: ['tor1'],
    ports: [port('eth1')],
    logicalSwitch: OURS,
    bound: [],
    holderOf: (id) => ({ name: `name of ${id}`, leaves: id === 'leaving' }),
    ...state,
  });
}

const QUIET = { bind: [], unbind: [], problems: [], possible: 1, waiting: 0 };

describe('The plan for the bindings of a logical switch', () => {
  it('asks for nothing when they are there', () => {
    const eth1 = port('eth1', { 100: OURS });
    expect(plan({ ports: [eth1], bound: [{ port: eth1.id, vlan: 100 }] })).toEqual(QUIET);
  });

  it('binds all free VLANs of a port at once', () => {
    const eth1 = port('eth1', { 7: 'foreign' });
    const desired = [place('eth1', 100), place('eth1', 0)];
    expect(plan({ ports: [eth1], desired })).toMatchObject({ bind: [{ port: eth1, vlans: [100, 0] }], possible: 2 });
  });

  it('never takes a VLAN that somebody else has', () => {
    const verdict = plan({ ports: [port('eth1', { 100: 'foreign' })] });
    expect(verdict).toMatchObject({ bind: [], unbind: [], possible: 0 });
    expect(verdict.problems).toEqual([
      {
        code: 'CONFLICT',
        text: expect.stringMatching(/VLAN 100 of port eth1 .* logical switch name of foreign/),
        switch: 'tor1',
      },
    ]);
  });

  it('waits for a VLAN that another network of ours is leaving', () => {
    expect(plan({ ports: [port('eth1', { 100: 'leaving' })] })).toEqual({ ...QUIET, possible: 0, waiting: 1 });
  });

  it('says which port is missing, and makes the other bindings all the same', () => {
    const eth1 = port('eth1');
    expect(plan({ ports: [eth1], desired: [place('eth1', 100), place('eth9', 100)] })).toMatchObject({
      bind: [{ port: eth1, vlans: [100] }],
      problems: [{ code: 'PORT_NOT_FOUND', text: expect.stringContaining('eth9') }],
    });
  });

  it('removes a binding that nobody wants, on whatever port it is', () => {
    const eth1 = port('eth1', { 100: OURS });
    const bound = [
      { port: eth1.id, vlan: 100 },
      { port: 'a port of another switch', vlan: 100 },
    ];
    expect(plan({ ports: [eth1], bound })).toEqual({
      ...QUIET,
      unbind: [{ port: 'a port of another switch', vlan: 100 }],
    });
  });

  it('binds a new logical switch', () => {
    expect(plan({ logicalSwitch: undefined })).toMatchObject({ bind: [{ vlans: [100] }], possible: 1 });
  });

  describe('of several switches in one database', () => {
    const eth1 = (owner: string, bindings: Readonly<Record<number, string>> = {}): ActualPort => ({
      ...port('eth1', bindings),
      id: `eth1 of ${owner}`,
      switch: owner,
    });
    const both = { switches: ['tor1', 'tor2'], ports: [eth1('tor1'), eth1('tor2')] };
    const onTor2 = { ...place('eth1', 100), switch: 'tor2' };

    it('binds the port of the switch that is meant, not another of the same name', () => {
      const verdict = plan({ ...both, desired: [onTor2] });
      expect(verdict).toMatchObject({ bind: [{ port: both.ports[1], vlans: [100] }], unbind: [], possible: 1 });
    });

    it('says of which switch a problem is', () => {
      const verdict = plan({ ...both, desired: [place('eth1', 100), { ...onTor2, port: 'eth9' }] });
      expect(verdict.problems).toEqual([expect.objectContaining({ code: 'PORT_NOT_FOUND', switch: 'tor2' })]);
    });

    it('misses a switch once, and takes nothing away from ports that may be those of a switch that was renamed', () => {
      const renamed = { port: 'eth1 of somebody', vlan: 100 };
      const surplus = { port: 'eth1 of tor1', vlan: 7 };
      const desired = [place('eth1', 100), onTor2, { ...onTor2, port: 'eth2' }];
      const verdict = plan({ desired, switches: ['tor1'], ports: [eth1('tor1')], bound: [renamed, surplus] });
      expect(verdict.problems).toEqual([expect.objectContaining({ code: 'SWITCH_NOT_FOUND', switch: 'tor2' })]);
      expect(verdict.unbind).toEqual([surplus]);
    });
  });
});
