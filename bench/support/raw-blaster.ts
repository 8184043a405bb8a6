/** The yardstick of filling a switch: raw Node sockets and requests that were serialised before the clock starts. */
import { connect } from 'node:net';
import { once } from 'node:events';

export interface BlastOptions {
  readonly socketPath: string;
  readonly logicalSwitch: string;
  readonly macs: readonly string[];
  readonly vteps: readonly string[];
  readonly rowsPerTransaction: number;
  readonly inFlight: number;
}

/** Fills the logical switch, which it creates, and answers the seconds from the first byte to the last answer. */
export async function blast(options: BlastOptions): Promise<number> {
  const socket = connect(options.socketPath);
  await once(socket, 'connect');
  const answers = countAnswers(socket);
  socket.write(request(0, setup(options)));
  await answers.reach(1);
  const batches = requests(options);
  const begun = performance.now();
  for (let next = 0; next < batches.length; next += 1) {
    if (next >= options.inFlight) await answers.reach(1 + next - options.inFlight + 1);
    socket.write(batches[next] ?? '');
  }
  await answers.reach(1 + batches.length);
  const seconds = (performance.now() - begun) / 1000;
  socket.destroy();
  return seconds;
}

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

function countAnswers(socket: ReturnType<typeof connect>): { reach(count: number): Promise<void> } {
  let seen = 0;
  let depth = 0;
  let wake: (() => void) | undefined;
  socket.on('data', (chunk: Buffer) => {
    for (const byte of chunk) {
      if (byte === 0x7b) depth += 1;
      else if (byte === 0x7d && (depth -= 1) === 0) seen += 1;
    }
    wake?.();
  });
  return {
    async reach(count) {
      while (seen < count) await new Promise<void>((resolve) => (wake = resolve));
    },
  };
}

const id = (number: number): string => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
const locatorId = (index: number): string => id(0xa000 + index);
