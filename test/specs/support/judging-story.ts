/** What two other clouds and this one may do to a few MACs and IPs of a network that they share. */
import type { IpAddress } from '@l2gw/l2';
import fc from 'fast-check';
import { CLOUDS, type JudgedNetwork, type OtherCloud, type Remembering, type Said } from './judged-network.js';

/** The last is a virtual router's, which is never frozen. */
export const MACS = ['02:00:00:00:00:0a', '02:00:00:00:00:0b', '00:00:5e:00:01:0c'];
const IPS = ['192.0.2.11', '192.0.2.12', '192.0.2.13'] as IpAddress[];

const [mac, ip, cloud] = [fc.constantFrom(...MACS), fc.constantFrom(...IPS), fc.constantFrom(...CLOUDS)];

export type Happening =
  | { readonly what: 'says'; readonly cloud: OtherCloud; readonly mac: string; readonly said: Said }
  | { readonly what: 'takes back'; readonly cloud: OtherCloud; readonly mac: string }
  | { readonly what: 'port'; readonly mac: string; readonly ip: string; readonly isBound: boolean }
  | { readonly what: 'port goes'; readonly mac: string }
  | { readonly what: 'prune'; readonly table: Remembering }
  /** The compiler may come by between. */
  | { readonly what: 'share anew'; readonly isNoticed: boolean }
  | { readonly what: 'round' | 'judge anew' | 'clear duplicates' };

/** Mostly what is simple: then there is nothing to decide. */
const saying = fc.constantFrom<((ip: IpAddress) => Said)[]>(
  ...Array.from({ length: 8 }, () => (each: IpAddress) => ({ ips: [each] })),
  (each) => ({ ips: [each], immutable: [each] }),
  (each) => ({ ips: [each], moved: [{ ip: each, sequence: 1 }] }),
  (each) => ({ ips: [each], routers: [each] }),
  (each) => ({ ips: [each], static: true }),
  (each) => ({ ips: [each], sequence: 1 }),
  () => ({ ips: IPS, sequence: 2 }),
);
/** Each MAC has an IP of its own most of the time, so that clouds often say the same. */
const says = fc
  .tuple(fc.nat(MACS.length - 1), fc.constantFrom(0, 0, 0, 0, 1, 2), cloud, saying)
  .map(([at, others, by, said]): Happening => {
    const own = IPS[(at + others) % IPS.length];
    return { what: 'says', cloud: by, mac: MACS[at] ?? '', said: own === undefined ? {} : said(own) };
  });

const table = fc.constantFrom<Remembering>('mac_sequence', 'ip_claim');
const only = <What extends string>(...what: What[]) => fc.record({ what: fc.constantFrom(...what) });

export const judgingStory: fc.Arbitrary<Happening[]> = fc.array(
  fc.oneof<fc.WeightedArbitrary<Happening>[]>(
    { weight: 12, arbitrary: says },
    { weight: 14, arbitrary: fc.record({ what: fc.constant('takes back'), cloud, mac }) },
    { weight: 1, arbitrary: fc.record({ what: fc.constant('port'), mac, ip, isBound: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ what: fc.constant('port goes'), mac }) },
    { weight: 4, arbitrary: fc.record({ what: fc.constant('prune'), table }) },
    { weight: 24, arbitrary: only('round') },
    { weight: 4, arbitrary: only('judge anew') },
    { weight: 1, arbitrary: only('clear duplicates') },
    { weight: 1, arbitrary: fc.record({ what: fc.constant('share anew'), isNoticed: fc.boolean() }) },
  ),
  { minLength: 20, maxLength: 40, size: 'max' },
);

/** Answers what was judged before, if everything is judged anew. */
export async function happens(network: JudgedNetwork, happening: Happening): Promise<number> {
  if (happening.what === 'judge anew') return network.expectNothingLost(MACS);
  await actions[happening.what](network, happening as never);
  return 0;
}

type Action<What> = (network: JudgedNetwork, happening: Extract<Happening, { what: What }>) => Promise<unknown>;

const actions: { readonly [What in Exclude<Happening['what'], 'judge anew'>]: Action<What> } = {
  says: (network, happening) => network.says(happening.cloud, happening.mac, happening.said),
  'takes back': (network, happening) => network.takesBack(happening.cloud, happening.mac),
  port: (network, happening) => network.port(happening.mac, happening.ip, happening.isBound),
  'port goes': (network, happening) => network.portGoes(happening.mac),
  prune: (network, { table: of }) => network.prune(of),
  round: (network) => network.compile(),
  'clear duplicates': (network) => network.clearDuplicates(),
  'share anew': async (network, { isNoticed }) => {
    await network.share(false);
    if (isNoticed) await network.compile();
    await network.share(true);
  },
};
