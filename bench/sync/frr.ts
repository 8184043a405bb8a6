/** What the same costs between two sites of FRR's EVPN on this machine, the yardstick of remote-sync. */
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../../test/harness/eventually.js';
import { type Figure, figure, percentile } from '../support/figures.js';
import { macOf } from '../support/world.js';
import { EvpnPair } from './evpn-pair.js';
import { whyNoFrr } from './evpn-site.js';
import { KernelFdb } from './kernel-fdb.js';

const SIZES = [10_000, 50_000];
const ROUNDS = 3;
const LOOK_MS = 200;
const LIMIT_MS = 60_000;
const SAMPLES = 100;

/** No figures, and a line that says why, where FRR cannot be run or fails: ours are told all the same. */
export async function frr(): Promise<readonly Figure[]> {
  try {
    const reason = whyNoFrr();
    if (reason === undefined) return [...(await bulk()), ...(await oneMac())];
    say(`FRR is not measured: ${reason}`);
  } catch (error) {
    say(`FRR is not measured: ${String(error)}`);
  }
  return [];
}

/** A pair of its own per round: a withdrawal of everything takes FRR longer than a start. */
async function bulk(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const size of SIZES) {
    const rounds: Round[] = [];
    while (rounds.length < ROUNDS && rounds.every(inTime)) rounds.push(await round(size));
    const done = rounds.filter(inTime);
    if (done.length < rounds.length) say(`FRR: ${size} MAC+IP took more than ${LIMIT_MS / 1000} s, no more rounds`);
    if (done.length === 0) continue;
    const fed = done.map((each) => each.fed);
    const known = done.map((each) => each.known);
    figures.push(figure(`FRR EVPN: ${size} MAC+IP told to the kernel of site A (within the next figure)`, 's', fed));
    figures.push(
      figure(`FRR EVPN: ${size} MAC+IP told to site A → in bgpd's and zebra's tables of site B`, 's', known),
    );
  }
  return figures;
}

/** Seconds since the first MAC was told. */
interface Round {
  readonly fed: number;
  readonly known: number;
}

function inTime({ known }: Round): boolean {
  return known * 1000 <= LIMIT_MS;
}

/** Site B is only asked for counts, five times a second: an observer of its kernel would cost it more than the work itself. */
async function round(size: number): Promise<Round> {
  const pair = await EvpnPair.start();
  try {
    const before = await pair.b.known();
    const begun = performance.now();
    const seconds = (): number => (performance.now() - begun) / 1000;
    const macs = Array.from({ length: size }, (_, index) => macOf(index));
    await pair.a.bridgeBatch(macs.map((mac) => `fdb add ${mac} dev host0 master static`));
    await pair.a.ip(macs.map((mac, index) => `neigh add ${ipOf(index)} lladdr ${mac} dev br0 nud permanent`));
    const fed = seconds();
    for (; seconds() * 1000 <= LIMIT_MS; await pause(LOOK_MS)) {
      const { macs: now, neighbours } = await pair.b.known();
      if (now >= before.macs + size && neighbours >= before.neighbours + size) return { fed, known: seconds() };
    }
    return { fed, known: Infinity };
  } finally {
    await pair.stop();
  }
}

/** One after another; 50 ms of each are FRR's own hold before it processes a route. */
async function oneMac(): Promise<readonly Figure[]> {
  const pair = await EvpnPair.start();
  const fdb = new KernelFdb(pair.a.namespace, pair.b.namespace);
  try {
    let next = 0;
    await eventually(() => fdb.crosses(macOf((next += 1))), { timeoutMs: LIMIT_MS }); // until the watcher watches
    const samples: number[] = [];
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const begun = performance.now();
      await fdb.crosses(macOf((next += 1)));
      samples.push(performance.now() - begun);
    }
    return [50, 99].map((percent) => ({
      ...figure(`FRR EVPN: MAC told to the kernel of site A → in the kernel of site B, p${percent}`, 'ms', samples),
      median: percentile(samples, percent),
    }));
  } finally {
    await fdb.stop();
    await pair.stop();
  }
}

function ipOf(index: number): string {
  return `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
}

/** Standard output is for machines when they asked for it. */
function say(line: string): void {
  (process.argv.includes('--json') ? process.stderr : process.stdout).write(`${line}\n`);
}
