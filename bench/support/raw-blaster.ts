/** The yardstick of filling a switch: raw Node sockets and requests that were serialised before the clock starts. */
import { type Socket, connect } from 'node:net';
import { once } from 'node:events';

export interface BlastOptions {
  readonly socketPath: string;
  readonly logicalSwitch: string;
  readonly macs: readonly string[];
  readonly vteps: readonly string[];
  readonly rowsPerTransaction: number;
  readonly inFlight: number;
  /** `own`: the table is monitored over the same socket, and it ends when every row was seen there, too. Default `none`. */
  readonly monitor?: 'own' | 'none';
}

/** Fills the logical switch, which it creates, and answers the seconds from the first byte to the last answer. */
export async function blast(options: BlastOptions): Promise<number> {
  const socket = connect(options.socketPath);
  await once(socket, 'connect');
  const answers = options.monitor === 'own' ? followAnswers(socket) : countAnswers(socket);
  socket.write(request(0, setup(options)));
  if (options.monitor === 'own') socket.write(MONITOR);
  const before = options.monitor === 'own' ? 2 : 1;
  await answers.reach(before);
  const batches = requests(options);
  const begun = performance.now();
  for (let next = 0; next < batches.length; next += 1) {
    if (next >= options.inFlight) await answers.reach(before + next - options.inFlight + 1);
    socket.write(batches[next] ?? '');
  }
  await answers.reach(before + batches.length);
  if (answers.rows !== undefined && answers.rows.size < options.macs.length) throw new Error('rows were not told');
  const seconds = (performance.now() - begun) / 1000;
  socket.destroy();
  return seconds;
}

interface Answers {
  /** Resolves when there were so many. */
  reach(count: number): Promise<void>;
  /** What the monitor has told. */
  readonly rows?: ReadonlyMap<string, unknown>;
}

const MONITOR = JSON.stringify({
  method: 'monitor_cond_since',
  id: 'monitor',
  params: [
    'hardware_vtep',
    'monitor',
    { Ucast_Macs_Remote: [{ columns: ['MAC', 'logical_switch', 'locator', 'ipaddr'] }] },
    id(0),
  ],
});

function request(id: number, operations: readonly object[]): string {
  return JSON.stringify({ method: 'transact', id, params: ['hardware_vtep', ...operations] });
}

/** The logical switch and a flood set that keeps the locators alive, with identities that the batches can refer to. */
function setup({ logicalSwitch, vteps }: BlastOptions): readonly object[] {
  const locators = vteps.map((dst_ip, index) => ({
    op: 'insert',
    table: 'Physical_Locator',
    uuid: locatorId(index),
    row: { encapsulation_type: 'vxlan_over_ipv4', dst_ip },
  }));
  const set = {
    op: 'insert',
    table: 'Physical_Locator_Set',
    uuid: id(0xb000),
    row: { locators: ['set', vteps.map((_, n) => ['uuid', locatorId(n)])] },
  };
  const network = {
    op: 'insert',
    table: 'Logical_Switch',
    uuid: id(0xc000),
    row: { name: logicalSwitch, tunnel_key: 77 },
  };
  const flood = { MAC: 'unknown-dst', logical_switch: ['uuid', id(0xc000)], locator_set: ['uuid', id(0xb000)] };
  return [...locators, set, network, { op: 'insert', table: 'Mcast_Macs_Remote', row: flood }];
}

function requests({ macs, vteps, rowsPerTransaction }: BlastOptions): readonly string[] {
  const batches: string[] = [];
  for (let first = 0; first < macs.length; first += rowsPerTransaction) {
    const rows = macs.slice(first, first + rowsPerTransaction).map((MAC, index) => ({
      op: 'insert',
      table: 'Ucast_Macs_Remote',
      row: {
        MAC,
        logical_switch: ['uuid', id(0xc000)],
        locator: ['uuid', locatorId((first + index) % vteps.length)],
        ipaddr: '192.0.2.1',
      },
    }));
    batches.push(request(batches.length + 1, rows));
  }
  return batches;
}

/** An object that is closed is an answer: nothing else is sent without a monitor. */
function countAnswers(socket: Socket): Answers {
  const waiting = new Reached();
  let depth = 0;
  socket.on('data', (chunk: Buffer) => {
    for (const byte of chunk) {
      if (byte === 0x7b) depth += 1;
      else if (byte === 0x7d && (depth -= 1) === 0) waiting.count += 1;
    }
    waiting.wake();
  });
  return { reach: (count) => waiting.reach(count) };
}

/** The least that somebody must do who follows the table: cut, parse, keep the rows. */
function followAnswers(socket: Socket): Answers {
  const waiting = new Reached();
  const rows = new Map<string, unknown>();
  const take = (text: string): void => {
    const { method, params } = JSON.parse(text) as { method?: string; params?: readonly unknown[] };
    if (method === undefined) waiting.count += 1;
    else if (method === 'update3') keep(rows, params?.[2] as Updates);
  };
  let depth = 0;
  let parts: string[] = [];
  socket.on('data', (chunk: Buffer) => {
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (byte === 0x7b) depth += 1;
      else if (byte === 0x7d && (depth -= 1) === 0) {
        take(parts.join('') + chunk.toString('latin1', start, at + 1));
        parts = [];
        start = at + 1;
      }
    }
    if (start < chunk.length) parts.push(chunk.toString('latin1', start));
    waiting.wake();
  });
  return { reach: (count) => waiting.reach(count), rows };
}

interface Updates {
  readonly Ucast_Macs_Remote?: Readonly<Record<string, { readonly insert?: unknown }>>;
}

function keep(rows: Map<string, unknown>, { Ucast_Macs_Remote: changed = {} }: Updates): void {
  for (const uuid in changed) rows.set(uuid, changed[uuid]?.insert);
}

class Reached {
  count = 0;
  private awake: () => void = () => undefined;

  async reach(count: number): Promise<void> {
    while (this.count < count) await new Promise<void>((resolve) => (this.awake = resolve));
  }

  wake(): void {
    this.awake();
  }
}

function id(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

function locatorId(index: number): string {
  return id(0xa000 + index);
}
