import { loadConfig } from './config.js';

const MINIMAL = { L2GW_SWITCH_NAME: 'tor1', L2GW_OVSDB_ENDPOINT: 'tcp:10.0.0.1:6640' };

describe('The configuration of the agent', () => {
  it('needs its switch and where its database is, nothing else', () => {
    expect(loadConfig(MINIMAL, [])).toMatchObject({
      switchNames: ['tor1'],
      ovsdb: { endpoint: { kind: 'tcp', host: '10.0.0.1', port: 6640 }, probeMs: 5000 },
      http: undefined,
    });
  });

  it('takes several switches of one database, each once', () => {
    const load = (names: string) => loadConfig({ ...MINIMAL, L2GW_SWITCH_NAME: names }, []);
    expect(load('tor1, tor2').switchNames).toEqual(['tor1', 'tor2']);
    expect(() => load('tor1,')).toThrow(/L2GW_SWITCH_NAME has an empty name/);
    expect(() => load('tor1,tor1')).toThrow(/L2GW_SWITCH_NAME names a switch twice/);
  });

  it('names everything that is wrong at once', () => {
    const load = () => loadConfig({ L2GW_OVSDB_ENDPOINT: 'nowhere', L2GW_OVSDB_PROBE_MS: 'x' }, []);
    expect(load).toThrow(
      /L2GW_SWITCH_NAME is not set\n.*L2GW_OVSDB_ENDPOINT: .*"nowhere"\n.*L2GW_OVSDB_PROBE_MS is not a number/,
    );
  });

  it('wants to know for TLS whom to trust, and for a switch that dials in what to show to it', () => {
    const load =
      (endpoint: string, more: Record<string, string> = {}) =>
      () =>
        loadConfig({ ...MINIMAL, L2GW_OVSDB_ENDPOINT: endpoint, ...more }, []);
    const file = __filename; // readable
    const [ca, pin] = [{ L2GW_OVSDB_CA_FILE: file }, { L2GW_OVSDB_CA_BOOTSTRAP_FILE: '/var/lib/l2gw/tor1.pem' }];
    const own = { L2GW_OVSDB_CERT_FILE: file, L2GW_OVSDB_KEY_FILE: file };
    expect(load('ssl:10.0.0.1:6640')).toThrow(/L2GW_OVSDB_CA_FILE or L2GW_OVSDB_CA_BOOTSTRAP_FILE is needed for ssl:/);
    expect(load('ssl:10.0.0.1:6640', { ...ca, ...pin })).toThrow(/one of them, not both/);
    expect(load('pssl:6640', ca)).toThrow(/L2GW_OVSDB_CERT_FILE and L2GW_OVSDB_KEY_FILE are needed for pssl:/);
    expect(load('ssl:10.0.0.1:6640', { ...ca, L2GW_OVSDB_CERT_FILE: file })).toThrow(/L2GW_OVSDB_KEY_FILE is not set/);
    expect(load('ssl:10.0.0.1:6640', { L2GW_OVSDB_CA_FILE: '/no/ca.pem' })).toThrow(/L2GW_OVSDB_CA_FILE .*ENOENT/);
    expect(load('tcp:10.0.0.1:6640', ca)).toThrow(/L2GW_OVSDB_CA_FILE is for ssl: and pssl:, not for tcp:/);
    expect(load('ssl:10.0.0.1:6640', { ...pin, L2GW_OVSDB_PEER_NAME: 'tor1' })().ovsdb.tls).toEqual({
      trust: { kind: 'first-seen', pinFile: '/var/lib/l2gw/tor1.pem' },
      own: undefined,
      peerName: 'tor1',
    });
    expect(load('pssl:6640', { ...ca, ...own })().ovsdb.tls).toEqual({
      trust: { kind: 'authority', caFile: file },
      own: { certFile: file, keyFile: file },
      peerName: undefined,
    });
  });
});
