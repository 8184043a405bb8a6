import type { RemoteTunnel } from '@l2gw/contracts';
import { parseVni, parseVtepIp } from '@l2gw/l2';
import { resolveTunnels, type TunnelWish } from './resolve-tunnels.js';

const NEW = { tunnelKey: true, otherConfig: true, replicationMode: true };
const OLD = { tunnelKey: false, otherConfig: false, replicationMode: false };
const OWN = new Set(['10.0.0.1']);
const remote = (difference: Partial<RemoteTunnel> = {}): RemoteTunnel => ({
  connection: 'c1',
  vtep: parseVtepIp('198.51.100.1'),
  vni: parseVni(5000),
  flood: false,
  ...difference,
});
const wish = (...remotes: RemoteTunnel[]): TunnelWish => ({ vni: parseVni(5000), remotes });
const ELSEWHERE = remote({ vni: parseVni(9765), flood: true });

describe('The way to a remote gateway', () => {
  it('is an ordinary locator if both sides have the same VNI, whatever the switch can do', () => {
    expect(resolveTunnels(wish(remote()), OLD, OWN)).toEqual({
      ways: new Map([['c1', '198.51.100.1']]),
      flood: [],
      problems: [],
    });
  });

  it('has a tunnel key of its own if the other side has another VNI and the switch is declared to honour it', () => {
    const { ways, flood, problems } = resolveTunnels({ ...wish(ELSEWHERE), capabilities: ['tunnel_key'] }, NEW, OWN);
    expect([ways.get('c1'), flood, problems]).toEqual(['198.51.100.1@9765', ['198.51.100.1@9765'], []]);
  });

  it.each([
    ['nobody has declared that the switch honours tunnel keys', NEW, [], /announce it with the capability tunnel_key/],
    ['the schema has no tunnel keys', OLD, ['tunnel_key'], /schema is older than 1\.5\.0/],
  ] as const)('does not exist, and that is said, while %s', (_, can, capabilities, text) => {
    const { ways, flood, problems } = resolveTunnels({ ...wish(ELSEWHERE), capabilities }, can, OWN);
    expect([ways.has('c1'), ways.get('c1'), flood]).toEqual([true, undefined, []]);
    expect(problems).toEqual([
      { code: 'CAPABILITY_MISSING', connection: 'c1', text: expect.stringMatching(text) as string },
    ]);
  });

  it('does not lead to the switch itself', () => {
    const { ways, flood, problems } = resolveTunnels(
      wish(remote({ vtep: parseVtepIp('10.0.0.1'), flood: true })),
      NEW,
      OWN,
    );
    expect([ways.get('c1'), flood, problems]).toEqual([undefined, [], []]);
  });

  it('is not used for MACs while its tunnel is down, and goes on getting what is flooded', () => {
    const { ways, flood, problems } = resolveTunnels(wish(remote({ flood: true, down: true })), NEW, OWN);
    expect([ways.has('c1'), ways.get('c1'), flood, problems]).toEqual([true, undefined, ['198.51.100.1'], []]);
  });
});
