/** How fast ovn-controller-vtep and our agent carry the same 10,000 MACs to a switch, each from its own control plane's tables. */
import { randomUUID } from 'node:crypto';
import { networkTable } from '@l2gw/contracts';
import { startAgentWorld, timeOf, VTEPS } from '../support/agent-world.js';
import { type Figure, percentile } from '../support/figures.js';
import { findOvn, startOvnWorld } from '../support/ovn-world.js';
import { Samples } from '../support/samples.js';
import { joinSwitch, type SwitchSide } from '../support/switch-side.js';
import { milliseconds } from '../support/timing.js';
import { macOf } from '../support/world.js';

const ROUNDS = 5;
const PRESENT = [1000, 10_000];
const NEW_PORTS = 30;
const PATIENCE_MS = 120_000;
const MISSING =
  'ovn-controller-vtep is not measured: it needs the program on the PATH (package ovn-controller-vtep) and ' +
  'ovn-sb.ovsschema (of package ovn-central) in /usr/share/ovn or .cache/servers/usr/share/ovn';

/** A control plane that holds the MACs of one network, an idle controller, and a switch that is not in the network yet. */
interface Side {
  readonly endpoint: string;
  bind(): void | Promise<void>;
  add(index: number): void | Promise<void>;
  /** Seconds from when the controller knew all that is wanted; absent where it knows that before the network is bound. */
  sinceKnown?(): Promise<number>;
  stop(): Promise<void>;
}

interface Result {
  readonly seconds: number;
  readonly newPortMs: number;
  readonly sinceKnown: number | undefined;
}

export async function ovn(): Promise<readonly Figure[]> {
  const found = findOvn();
  if (found === undefined) {
    tell(MISSING);
    return [];
  }
  const samples = new Samples();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const present of PRESENT) {
      const theirs = await measure(await ovnSide(found, present), present);
      const ours = await measure(await agentSide(present), present);
      record(samples, present, theirs, ours);
    }
  }
  return samples.figures;
}

/** Ratios say how many times as fast the agent is. */
function record(samples: Samples, present: number, theirs: Result, ours: Result): void {
  const fill = `${present} MACs: network bound → last row seen by another client`;
  const port = `new port → row seen by another client, ${present} present, p50 of ${NEW_PORTS}`;
  for (const [name, { seconds, newPortMs }] of Object.entries({ 'ovn-controller-vtep': theirs, agent: ours })) {
    samples.add(`${fill}: ${name}`, 'rows/s', present / seconds);
    samples.add(`${port}: ${name}`, 'ms', newPortMs);
  }
  samples.add(`${fill}: agent as fast as ovn-controller-vtep`, '×', theirs.seconds / ours.seconds);
  samples.add(`${port}: agent as fast as ovn-controller-vtep`, '×', theirs.newPortMs / ours.newPortMs);
  if (ours.sinceKnown === undefined) return;
  const known = `${present} MACs: all that is wanted known → network filled, the agent's own word`;
  samples.add(known, 'rows/s', present / ours.sinceKnown);
  samples.add(`${known}: as fast as ovn-controller-vtep from bound`, '×', theirs.seconds / ours.sinceKnown);
}

async function measure(side: Side, present: number): Promise<Result> {
  try {
    const onlooker = await joinSwitch(side.endpoint, '10.9.0.1');
    try {
      const macs = Array.from({ length: present }, (_, index) => macOf(index));
      const filled = await milliseconds(() => untilSeen(onlooker, macs, () => side.bind()));
      const sinceKnown = await side.sinceKnown?.();
      return { seconds: filled / 1000, newPortMs: await newPorts(side, present, onlooker), sinceKnown };
    } finally {
      await onlooker.stop();
    }
  } finally {
    await side.stop();
  }
}

async function newPorts(side: Side, present: number, onlooker: SwitchSide): Promise<number> {
  const samples: number[] = [];
  for (let index = present; index < present + NEW_PORTS; index += 1) {
    samples.push(await milliseconds(() => untilSeen(onlooker, [macOf(index)], () => side.add(index))));
  }
  return percentile(samples, 50);
}

async function untilSeen(
  onlooker: SwitchSide,
  macs: readonly string[],
  act: () => void | Promise<void>,
): Promise<void> {
  const seen = macs.map((mac) => onlooker.appears(mac));
  let limit: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new Error(`of ${macs.length} MACs not all were on the switch within ${PATIENCE_MS} ms`);
    limit = setTimeout(() => reject(error), PATIENCE_MS);
  });
  try {
    await Promise.race([Promise.all([act(), ...seen]), late]);
  } finally {
    clearTimeout(limit);
  }
}

async function ovnSide(found: NonNullable<ReturnType<typeof findOvn>>, present: number): Promise<Side> {
  const world = await startOvnWorld(found);
  await world.place(present);
  return {
    endpoint: world.tor.unixEndpoint,
    bind: () => world.bind(),
    add: (index) => world.add(index),
    stop: () => world.stop(),
  };
}

async function agentSide(present: number): Promise<Side> {
  const world = await startAgentWorld();
  const network = randomUUID();
  await world.startAgent();
  await world.event('switch-active');
  world.place(network, present);
  return {
    endpoint: world.tor.unixEndpoint,
    bind: () => world.bind(network, 5000),
    add: (index) => {
      const row = { place: { vtep: VTEPS[index % VTEPS.length] }, ips: ['192.0.2.1'], kind: 'port' };
      world.tables.write(networkTable.table(network), [{ key: networkTable.macKey(macOf(index)), row }]);
    },
    sinceKnown: async () => {
      const filled = await world.event('network-filled', { network });
      return (timeOf(filled) - timeOf(await world.event('tables-complete'))) / 1000;
    },
    stop: () => world.stop(),
  };
}

/** Beside the figures, and not into them where a machine reads them. */
function tell(line: string): void {
  const out = process.argv.includes('--json') ? process.stderr : process.stdout;
  out.write(`${line}\n`);
}
