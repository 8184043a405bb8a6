import type { PeerRow } from '@l2gw/contracts';
import { parseMac } from '@l2gw/l2';
import { peerRow } from '../../test/peer-rows.js';
import { selectExported } from './select-exported.js';

const PEER = peerRow({ exportRules: [{ action: 'reject', mac: 'fa:16:3e' }], importRules: [{ action: 'reject' }] });

const told = (mac: string, peer: Partial<PeerRow> = {}): boolean =>
  selectExported({ ...PEER, ...peer })({ mac: parseMac(mac), sequence: 0, ips: [], kind: 'port' });

describe('A peer is told', () => {
  it('of what the rules for export let pass', () => {
    expect(told('02:00:00:00:00:01')).toBe(true);
    expect(told('fa:16:3e:00:00:01')).toBe(false);
  });

  it.each([
    '00:00:5e:00:01:02',
    '00:00:5e:00:02:ff',
    '00:00:0c:07:ac:01',
    '00:00:0c:9f:f0:01',
    '00:05:73:a0:00:01',
    '00:07:b4:00:01:02',
  ])('of the MAC %s, which virtual routers share, only if the operator says so', (mac) => {
    expect(told(mac)).toBe(false);
    expect(told(mac, { exportVirtualMacs: true })).toBe(true);
  });

  it('of a virtual router only what the rules let pass, too', () => {
    const exportRules = [{ action: 'reject', mac: '00:00:5e' }] as const;
    expect(told('00:00:5e:00:01:02', { exportVirtualMacs: true, exportRules })).toBe(false);
  });
});
