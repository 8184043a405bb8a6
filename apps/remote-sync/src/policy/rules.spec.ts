import type { ExportedMac, PolicyRule } from '@l2gw/contracts';
import { parseIp, parseMac } from '@l2gw/l2';
import { policyOf } from './rules.js';

const row = (mac: string, more: Partial<ExportedMac> = {}): ExportedMac => ({
  mac: parseMac(mac),
  sequence: 0,
  ips: [],
  kind: 'port',
  ...more,
});

const reject = (conditions: Partial<PolicyRule>): PolicyRule => ({ action: 'reject', ...conditions });
const accept = (conditions: Partial<PolicyRule>): PolicyRule => ({ action: 'accept', ...conditions });

describe('A policy', () => {
  it.each<[string, readonly PolicyRule[], ExportedMac, boolean]>([
    ['lets pass what no rule matches', [reject({ mac: 'fa:16:3e' })], row('02:00:00:00:00:01'), true],
    ['knows a MAC by how it begins', [reject({ mac: 'FA-16-3E' })], row('fa:16:3e:00:00:01'), false],
    ['knows a MAC by its kind', [reject({ kind: 'learned' })], row('02:00:00:00:00:01', { kind: 'learned' }), false],
    ['leaves another kind alone', [reject({ kind: 'learned' })], row('02:00:00:00:00:01'), true],
    ['knows what cannot move', [reject({ static: true })], row('02:00:00:00:00:01', { static: true }), false],
    ['knows what can move', [reject({ static: false })], row('02:00:00:00:00:01'), false],
    [
      'knows a MAC by one of its IPs',
      [reject({ ip: '10.1.0.0/16' })],
      row('02:00:00:00:00:01', { ips: [parseIp('10.2.0.1'), parseIp('10.1.0.1')] }),
      false,
    ],
    [
      'knows IPv6 networks',
      [reject({ ip: '2001:db8::/32' })],
      row('02:00:00:00:00:01', { ips: [parseIp('2001:db8::1')] }),
      false,
    ],
    ['finds no IP where there is none', [reject({ ip: '10.1.0.0/16' })], row('02:00:00:00:00:01'), true],
    [
      'wants every condition of a rule',
      [reject({ mac: 'fa:16:3e', kind: 'learned' })],
      row('fa:16:3e:00:00:01', { kind: 'port' }),
      true,
    ],
    [
      'follows the first rule that matches',
      [accept({ mac: 'fa:16:3e:00' }), reject({})],
      row('fa:16:3e:00:00:01'),
      true,
    ],
    [
      'ends with a rule that matches everything',
      [accept({ mac: 'fa:16:3e:00' }), reject({})],
      row('02:00:00:00:00:01'),
      false,
    ],
  ])('%s', (_, rules, mac, passes) => {
    expect(policyOf(rules)(mac)).toBe(passes);
  });
});
