import { exportTable } from '@l2gw/contracts';
import { eventually } from '../../../test/harness/eventually.js';
import { SyncCloud } from '../../../test/harness/sync-cloud.js';
import { vouchFor } from '../src/export/vouch-for.js';
import { encodeMac } from '../src/peers/stretch-rows.js';
import { OwnKey } from '../src/signing/own-key.js';
import { HostilePeer } from './hostile-peer.js';

const ROW = { sequence: 1, ips: [], kind: 'port' };
const PEER = {
  ...{ servers: [], enabled: true, limits: { macs: 100, ips: 2, total: 100 } },
  ...{ staleSeconds: 60, exportRules: [], importRules: [] },
};
const FAR_KEY = Buffer.alloc(32, 5).toString('base64');
const MAC = '02:00:00:00:00:01';

describe('Of a peer that says what it likes', () => {
  let cloud: SyncCloud;
  const peer = new HostilePeer('east');

  beforeAll(async () => {
    cloud = await SyncCloud.start({ id: 'a' });
    cloud.api.sync('peer/east', { ...PEER, name: 'east', cloud: 'east', keys: [peer.key.publicKey] });
    cloud.api.export('net', {});
    cloud.share('net', 'east', { subnets: ['10.1.0.0/16'], routerMacs: ['02:00:00:00:00:fe'] });
    await peer.start(cloud.nats.url, 'a', cloud.key.publicKey);
    await cloud.startSync();
  });
  afterAll(() => Promise.all([peer.stop(), cloud.stop()]));

  const imported = (): object => cloud.api.imported('east', 'net');
  const says = (rows: Readonly<Record<string, object | undefined>>): void =>
    peer.say(
      'a',
      Object.entries(rows).map(([key, row]) => (row === undefined ? { key } : { key, row })),
    );

  it('one MAC is one row, however it is spelled, and the highest sequence counts', async () => {
    says({ '02-00-00-00-00-01': { ...ROW, ips: ['10.1.0.5'] }, '0200.0000.0001': { ...ROW, sequence: 7 } });
    await eventually(() => expect(imported()).toEqual({ [MAC]: { ...ROW, sequence: 7 } }));
    says({ '0200.0000.0001': undefined });
    await eventually(() => expect(imported()).toEqual({ [MAC]: { ...ROW, ips: ['10.1.0.5'] } }));
    says({ '02-00-00-00-00-01': undefined });
    await eventually(() => expect(imported()).toEqual({}));
  });

  it('IPs are in one form, and there are no more of them than allowed', async () => {
    says({ [MAC]: { ...ROW, ips: ['FE80:0:0::0001', '169.254.0.1', '10.1.0.5', '10.1.0.6'] } });
    await eventually(() => expect(imported()).toEqual({ [MAC]: { ...ROW, ips: ['fe80::1', '10.1.0.5'] } }));
    await eventually(() =>
      expect(cloud.api.report('stretch/net')).toMatchObject({ accepted: 1, refused: { subnet: 1, limit: 1 } }),
    );
  });

  it('what is no row of a MAC is counted, and the rest is used', async () => {
    says({
      'ff:ff:ff:ff:ff:ff': ROW,
      '01:00:5e:00:00:01': ROW,
      '02:00:00:00:00:fe': ROW,
      'what is this': ROW,
      '02:00:00:00:00:02': { ...ROW, sequence: -1 },
      '02:00:00:00:00:03': { ...ROW, ips: ['not an IP'] },
      '02:00:00:00:00:04': { later: { than: 'us' }, ...ROW },
      [MAC]: ROW,
    });
    await eventually(() => expect(imported()).toEqual({ [MAC]: ROW, '02:00:00:00:00:04': ROW }));
    await eventually(() =>
      expect(cloud.api.report('stretch/net')).toMatchObject({
        accepted: 2,
        refused: { multicast: 2, own_mac: 1, unreadable: 3 },
      }),
    );
  });

  it('a record of its end that is nonsense changes nothing, and a wrong end refuses all', async () => {
    says({ flood: { vtep: 'here' } });
    await eventually(() => expect(cloud.api.report('stretch/net')).toMatchObject({ refused: { unreadable: 4 } }));
    expect(Object.keys(imported())).toHaveLength(2);
    says({ flood: { vtep: ['198.51.100.1'], segId: 456, flood: true } });
    await eventually(() => expect(imported()).toEqual({}));
  });

  it('a name that is not its own is not believed', async () => {
    says({ flood: undefined });
    await eventually(() => expect(Object.keys(imported())).toHaveLength(2));
    peer.welcome = { ...peer.welcome, cloud: 'north' };
    const impostor = { state: 'refused', reason: 'it calls itself north, not east' };
    await eventually(() => expect(cloud.api.report('peer/east')).toMatchObject(impostor));
    await eventually(() => expect(imported()).toEqual({}));
    peer.welcome = { ...peer.welcome, cloud: 'east' };
    await eventually(() => expect(Object.keys(imported())).toHaveLength(2));
  });

  it('nothing of a third cloud is believed but what that has signed, and the rest of it is used', async () => {
    const far = OwnKey.parse(FAR_KEY);
    cloud.api.sync('peer/north', { ...PEER, name: 'north', cloud: 'north', keys: [far.publicKey] });
    cloud.share('net-north', 'north');
    peer.welcome = { ...peer.welcome, relayed: [relayed('north', 'north', 'east'), relayed('a', 'a', 'east')] };
    const signed = (mac: string, more: object = {}): object => {
      const row = exportTable.decode(mac, { ...ROW, ips: ['10.1.0.5'] });
      const told = vouchFor({ key: far, cloud: 'north', epoch: 1 }, 456)(mac, row);
      return { ...(told === undefined ? {} : encodeMac(told)), path: ['north', 'east'], ...more };
    };
    const [good, altered, round] = ['02:00:00:00:00:01', '02:00:00:00:00:02', '02:00:00:00:00:03'];
    const ops = [
      { key: good, row: signed(good) },
      { key: altered, row: signed(altered, { ips: ['10.1.0.66'] }) },
      { key: round, row: signed(round, { path: ['north', 'a', 'east'] }) },
    ];
    peer.say('a', ops, 'north');
    const accepted = { ...ROW, ips: ['10.1.0.5'], path: ['north', 'east'] };
    await eventually(() => expect(cloud.api.imported('north', 'net-north')).toEqual({ [good]: accepted }));
    const refused = { sig: 1, loop: 6 };
    await eventually(() => expect(cloud.api.report('stretch/net')).toMatchObject({ refused }));
    peer.say('a', [{ key: altered, row: signed(altered) }], 'north');
    await eventually(() =>
      expect(cloud.api.imported('north', 'net-north')).toEqual({ [good]: accepted, [altered]: accepted }),
    );
  });
});

/** What a hub says that it passes on; five MACs. */
function relayed(origin: string, ...path: string[]): object {
  return { origin, segId: 456, path, live: true, rows: 5 };
}
