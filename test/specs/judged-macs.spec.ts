import type { IpAddress } from '@l2gw/l2';
import fc from 'fast-check';
import { JudgedNetwork, type OtherCloud, type Said } from './support/judged-network.js';
import { MACS, happens, judgingStory } from './support/judging-story.js';
import { MarkingWorld } from './support/marking-world.js';

const STORIES = Number(process.env['L2GW_MODEL_RUNS'] ?? 20);

const [MAC = '', OTHER = ''] = MACS;
const IP = '192.0.2.11' as IpAddress;
const SAID = { ips: [IP] };
const STATIC: Said = { ...SAID, static: true };

describe('A MAC of which another cloud says just what it said before', () => {
  let world: MarkingWorld;
  let network: JudgedNetwork;
  beforeAll(async () => {
    world = await MarkingWorld.start();
  });
  afterAll(() => world?.stop());
  beforeEach(async () => {
    network = await JudgedNetwork.create(world);
  });

  /** Said and compiled, and nothing was to be decided. */
  const alone = async (said: Said = SAID): Promise<void> => {
    await network.says('south', MAC, said);
    await network.compile();
    expect(await network.judged()).toEqual([MAC]);
  };
  const goes = async (mac = MAC, cloud: OtherCloud = 'south'): Promise<void> => {
    await network.takesBack(cloud, mac);
    await network.compile();
  };
  const comes = async (cloud: OtherCloud, mac: string, said: Said = SAID): Promise<void> => {
    await network.says(cloud, mac, said);
    await network.compile();
  };

  it('is not judged again when it comes back: nothing is written of it but its row', async () => {
    await alone();
    const known = await network.known();
    await goes();
    const places = await network.places();
    expect(await network.told(MAC)).toBeUndefined();
    expect(await network.judged()).toEqual([MAC]);
    await comes('south', MAC);
    expect(await network.places()).toEqual(places);
    expect(await network.told(MAC)).toEqual({ by: 'south', ips: [IP] });
    await goes();
    await comes('south', MAC);
    expect(await network.places()).toEqual(places);
    expect((await network.known())[0]).toEqual(known[0]);
    expect(await network.expectNothingLost(MACS)).toBe(1);
  });

  it('is judged again when another MAC is said to have its IP, whether it is there or comes back', async () => {
    await alone();
    await goes();
    await comes('east', OTHER);
    await comes('south', MAC);
    expect([await network.told(OTHER), await network.told(MAC)]).toEqual([
      { by: 'east', ips: [IP] },
      { by: 'south', ips: [] },
    ]);
    expect(await network.judged()).toEqual([]);
    await goes(OTHER, 'east');
    expect(await network.told(MAC)).toEqual({ by: 'south', ips: [IP] });
    await network.expectNothingLost(MACS);
  });

  it('is judged again when a port of ours has it or its IP', async () => {
    await alone();
    await goes();
    await network.port(OTHER, IP, true);
    await network.compile();
    await comes('south', MAC);
    expect(await network.told(MAC)).toEqual({ by: 'south', ips: [] });
    await network.portGoes(OTHER);
    await network.port(MAC, IP, true);
    await network.compile();
    expect(await network.judged()).toEqual([]);
    expect(await network.told(MAC)).toEqual({ by: 'north', ips: [IP] });
    await network.portGoes(MAC);
    await network.compile();
    expect(await network.told(MAC)).toEqual({ by: 'south', ips: [IP] });
    await network.expectNothingLost(MACS);
  });

  it.each<[string, Said]>([
    ['is bound to its IP', { immutable: [IP] }],
    ['is a router', { routers: [IP] }],
    ['has another IP', { ips: ['192.0.2.12' as IpAddress] }],
    ['has taken its IP from another one', { moved: [{ ip: IP, sequence: 1 }] }],
    ['has moved', { sequence: 1 }],
  ])('is judged again when it was said meanwhile that it %s', async (_, change) => {
    await alone();
    await comes('south', MAC, { ...SAID, ...change });
    expect(await network.judged()).toEqual([]);
    await network.expectNothingLost(MACS);
    await comes('south', MAC);
    expect(await network.told(MAC)).toEqual({ by: 'south', ips: [IP] });
    await network.expectNothingLost(MACS);
  });

  it('is judged again when another cloud says the same of it', async () => {
    await alone();
    await goes();
    await comes('east', MAC);
    expect(await network.judged()).toEqual([]);
    expect(await network.told(MAC)).toEqual({ by: 'east', ips: [IP] });
    await network.expectNothingLost(MACS);
    await comes('south', MAC);
    expect(await network.told(MAC)).toEqual({ by: 'east', ips: [IP] });
    await network.expectNothingLost(MACS);
  });

  it.each<[string, (first: OtherCloud) => Promise<void>]>([
    ['one after the other', (first) => comes(first, MAC, STATIC)],
    ['at once', (first) => network.says(first, MAC, STATIC)],
  ])('is judged again when a conflict about it ends, which two clouds have begun %s', async (_, begin) => {
    await begin('south');
    await comes('east', MAC);
    expect(await network.conflicts()).toEqual([`mac_static ${MAC}`]);
    await goes(MAC, 'east');
    expect(await network.conflicts()).toEqual([]);
    expect(await network.told(MAC)).toEqual({ by: 'south', ips: [IP] });
    await network.expectNothingLost(MACS);
  });

  it('is judged again when what was known of its IP is forgotten and another MAC has it since', async () => {
    await alone();
    await goes();
    await network.prune('ip_claim');
    expect(await network.judged()).toEqual([]);
    await comes('east', OTHER);
    await comes('south', MAC);
    expect(await network.told(OTHER)).toEqual({ by: 'east', ips: [IP] });
    expect(await network.told(MAC)).toEqual({ by: 'south', ips: [] });
    await network.expectNothingLost(MACS);
  });

  it('is judged again when it was frozen and duplicates are cleared', async () => {
    await alone();
    for (const sequence of [1, 2, 3, 4, 5]) await comes(sequence % 2 === 1 ? 'east' : 'south', MAC, { sequence });
    expect(await network.told(MAC)).toMatchObject({ by: 'south' });
    expect(await network.clearDuplicates()).toBe(1);
    await network.compile();
    expect(await network.told(MAC)).toMatchObject({ by: 'east' });
    await comes('south', MAC);
    expect(await network.judged()).toEqual([]);
    await network.expectNothingLost(MACS);
  });

  it('is decided by what has changed while the network was not shared', async () => {
    await alone();
    await network.share(false);
    await network.compile();
    await network.port(OTHER, IP, true);
    await network.compile();
    await network.share(true);
    await network.compile();
    await comes('south', MAC);
    expect(await network.told(MAC)).toEqual({ by: 'south', ips: [] });
    await network.expectNothingLost(MACS);
  });

  it('is decided as if it were judged each time, whatever the clouds have said, taken back and forgotten meanwhile', async () => {
    let judged = 0;
    const property = fc.asyncProperty(judgingStory, async (happenings) => {
      const story = await JudgedNetwork.create(world);
      for (const happening of happenings) judged += await happens(story, happening);
      judged += await story.expectNothingLost(MACS);
    });
    await fc.assert(property, { numRuns: STORIES });
    expect(judged).toBeGreaterThan(0);
  }, 300_000);
});
