/** How long 10,000 and 50,000 MACs with an IP each take to another cloud's database and to its switch, and how what got lost is made good. */
import { type Figure, figure } from '../support/figures.js';
import { portBody, registerHosts } from '../support/world.js';
import { MacCounter } from './mac-counter.js';
import { TwoClouds } from './two-clouds.js';
import { until } from './until.js';
import { Imports } from './watch-imports.js';

const SIZES = [10_000, 50_000];
const ROUNDS = 3;
const LOST = 10;
const LOOK_MS = 20;

export async function bulk(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const size of SIZES) {
    const clouds = await TwoClouds.start();
    const imports = await Imports.watch(clouds.b.cloud.databaseUrl);
    const far = await MacCounter.watch(clouds.b.tor('tor').unixEndpoint);
    try {
      await clouds.listen(false);
      await fill(clouds, size);
      const whole = { clouds, imports, rows: () => far.count, size };
      figures.push(
        await firstTransfer(whole),
        ...(await transfers(whole)),
        await withoutSwitch(whole),
        ...(await healing(whole)),
        ...(await restart(whole)),
      );
    } finally {
      far.stop();
      await imports.stop();
      await clouds.stop();
    }
  }
  return figures;
}

interface Whole {
  readonly clouds: TwoClouds;
  readonly imports: Imports;
  /** On the second cloud's switch. */
  readonly rows: () => number;
  readonly size: number;
}

/** Resolves when the first cloud has compiled them. */
async function fill({ a, inA }: TwoClouds, size: number): Promise<void> {
  await registerHosts(a.cloud);
  for (let first = 0; first < size; first += 1000) {
    const ports = Array.from({ length: 1000 }, (_, index) => portBody(inA.id, first + index));
    await a.api.post('/v2.0/ports', { ports });
  }
  const own = await Imports.watch(a.cloud.databaseUrl);
  await own.derives(inA.id, size);
  await own.stop();
}

/** Of MACs that the second cloud has never heard of. */
async function firstTransfer({ clouds, rows, size }: Whole): Promise<Figure> {
  const begun = performance.now();
  await clouds.listen(true);
  await reached(rows, size);
  const seconds = (performance.now() - begun) / 1000;
  return figure(`${size} MAC+IP of another cloud for the first time: peer enabled → rows on this cloud's switch`, 's', [
    seconds,
  ]);
}

/** From when the second cloud is told to listen; in the database are its candidates and what is derived from them, both committed. */
async function transfers({ clouds, imports, rows, size }: Whole): Promise<readonly Figure[]> {
  const [toDatabase, toSwitch]: [number[], number[]] = [[], []];
  const network = clouds.inB.id;
  await imports.reach(network, size);
  await reached(rows, size);
  const whole = await imports.digest(network);
  for (let round = 0; round < ROUNDS; round += 1) {
    await clouds.listen(false);
    await imports.reach(network, 0);
    await reached(rows, 0);
    const begun = performance.now();
    await clouds.listen(true);
    await Promise.all([
      imports.becomes(network, whole).then(() => toDatabase.push((performance.now() - begun) / 1000)),
      reached(rows, size).then(() => toSwitch.push((performance.now() - begun) / 1000)),
    ]);
    await imports.reach(network, size);
  }
  return [figure(`${size} ${INTO_DATABASE}`, 's', toDatabase), figure(`${size} ${ONTO_SWITCH}`, 's', toSwitch)];
}

const INTO_DATABASE =
  "MAC+IP of another cloud: peer enabled → candidates and derived rows in this cloud's database, and on to its switch";
const ONTO_SWITCH = "MAC+IP of another cloud: peer enabled → rows on this cloud's switch";

/** The same while the switch has no agent, so that it takes no time of the two cores: elsewhere they are not on one machine. */
async function withoutSwitch({ clouds, imports, rows, size }: Whole): Promise<Figure> {
  const toDatabase: number[] = [];
  const network = clouds.inB.id;
  const whole = await imports.digest(network);
  await clouds.b.cloud.stopAgent('tor');
  for (let round = 0; round < ROUNDS; round += 1) {
    await clouds.listen(false);
    await imports.reach(network, 0);
    const begun = performance.now();
    await clouds.listen(true);
    await imports.becomes(network, whole);
    toDatabase.push((performance.now() - begun) / 1000);
    await imports.reach(network, size);
  }
  await clouds.b.cloud.startAgent('tor');
  await reached(rows, size);
  return figure(`${size} ${INTO_DATABASE_ONLY}`, 's', toDatabase);
}

const INTO_DATABASE_ONLY =
  "MAC+IP of another cloud: peer enabled → candidates and derived rows in this cloud's database, whose switch has no agent";

/** Ten ports whose messages between the clouds are lost, every one of them; nothing else happens afterwards. */
async function healing({ clouds, imports, size }: Whole): Promise<readonly Figure[]> {
  const healed: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    clouds.losing = (subject) => subject.includes('.table.stretch.');
    const { a, inA } = clouds;
    const ports = Array.from({ length: LOST }, (_, index) => portBody(inA.id, 0x100_0000 + round * LOST + index));
    await a.api.post('/v2.0/ports', { ports });
    const begun = performance.now();
    await imports.reach(clouds.inB.id, size + (round + 1) * LOST);
    healed.push((performance.now() - begun) / 1000);
    clouds.losing = undefined;
  }
  return [figure(`${LOST} rows lost among ${size}: committed there → made good here`, 's', healed)];
}

/** Nothing has changed meanwhile, so nothing may be written. */
async function restart({ clouds, imports, size }: Whole): Promise<readonly Figure[]> {
  const [took, wrote]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = await imports.now();
    await clouds.b.syncs[0]?.stop();
    clouds.b.syncs.length = 0;
    const begun = performance.now();
    await clouds.b.startSync();
    await clouds.live();
    took.push((performance.now() - begun) / 1000);
    wrote.push(await imports.writtenSince(before));
  }
  return [
    figure(`${size} MAC+IP, remote-sync restarted: start of the process → the stretch is live again`, 's', took),
    figure(`${size} MAC+IP, remote-sync restarted: rows written, the report of the state among them`, 'rows', wrote),
  ];
}

function reached(rows: () => number, count: number): Promise<void> {
  return until(() => rows() === count, LOOK_MS);
}
