import { loadConfig } from './config.js';

const MINIMAL = { L2GW_SWITCH_NAME: 'tor1', L2GW_OVSDB_ENDPOINT: 'tcp:10.0.0.1:6640' };

describe('The configuration of the agent', () => {
  it('needs its switch and where its database is, nothing else', () => {
    expect(loadConfig(MINIMAL, [])).toMatchObject({
      switchName: 'tor1',
      ovsdb: { endpoint: { kind: 'tcp', host: '10.0.0.1', port: 6640 }, probeMs: 5000 },
      http: undefined,
    });
  });

  it('names everything that is wrong at once', () => {
    const load = () => loadConfig({ L2GW_OVSDB_ENDPOINT: 'nowhere', L2GW_OVSDB_PROBE_MS: 'x' }, []);
    expect(load).toThrow(
      /L2GW_SWITCH_NAME is not set\n.*L2GW_OVSDB_ENDPOINT: .*"nowhere"\n.*L2GW_OVSDB_PROBE_MS is not a number/,
    );
  });
});
