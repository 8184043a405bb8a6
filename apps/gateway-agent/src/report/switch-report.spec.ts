import { reportPort, reportState, reportSwitch } from './switch-report.js';

const SELF = {
  id: 'row',
  name: 'tor1',
  description: 'rack 1',
  tunnelIps: ['10.0.0.1', 'nonsense'],
  managementIps: ['::1'],
  faults: ['mac_table_exhaustion'],
};

describe('The report of a switch', () => {
  it('says what the switch says of itself, its faults word for word', () => {
    const { id: _, ...said } = SELF;
    expect(reportSwitch('tor1', reportState({ kind: 'active' }, SELF), SELF, '1.7.0')).toEqual({
      ...said,
      tunnelIps: ['10.0.0.1'],
      state: 'connected',
      schema: '1.7.0',
    });
  });

  it('says why the switch does not answer, and what was last known of it', () => {
    const report = reportSwitch('tor1', reportState({ kind: 'down', reason: 'gone' }, SELF), SELF, '1.7.0');
    expect(report).toMatchObject({ state: 'disconnected', reason: 'gone', description: 'rack 1' });
  });

  it('says that the database has no such switch', () => {
    expect(reportSwitch('tor1', reportState({ kind: 'active' }, undefined), undefined, '1.7.0')).toMatchObject({
      state: 'missing',
      tunnelIps: [],
    });
  });
});

describe('The report of a port', () => {
  const port = {
    id: 'p',
    switch: 'tor1',
    name: 'eth1',
    description: 'server',
    faults: ['a_vendor_word'],
    bindings: new Map([
      [300, 'theirs'],
      [100, 'ours'],
      [4095, 'theirs'],
    ]),
  };

  it('names the VLANs of others and their logical switches, and passes unknown faults through', () => {
    const contents = {
      networkOf: (id: string) => (id === 'ours' ? 'n1' : undefined),
      logicalSwitch: (id: string) => ({
        id,
        name: 'tenant',
        description: '',
        vni: 1,
        replication: undefined,
        config: new Map(),
      }),
    };
    expect(reportPort(port, contents)).toEqual({
      description: 'server',
      faults: ['a_vendor_word'],
      foreign: [{ vlan: 300, logicalSwitch: 'tenant' }],
    });
  });
});
