/** What the unmodified OpenStack client and the reference (Neutron with networking-l2gw) said to each other, in order. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A table as the client prints it. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface RecordedCommand {
  readonly name: string;
  readonly argv: readonly string[];
  readonly exit: number;
  /** Whether it changed something in the reference. */
  readonly changes?: true;
  /** What the endpoint ended in. */
  readonly base?: string;
  /** How the client was told to authenticate; `none` if absent. */
  readonly auth?: string;
  readonly table?: Table;
  readonly stderr?: string;
}

export interface RecordedExchange {
  /** The command it belongs to. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly status: number;
  readonly answer?: unknown;
}

export const recordedCommands = (): readonly RecordedCommand[] => read<RecordedCommand>('commands');
export const recordedExchanges = (): readonly RecordedExchange[] => read<RecordedExchange>('exchanges');

function read<Recorded>(name: string): readonly Recorded[] {
  const path = join(__dirname, '../../fixtures/openstack-client', `${name}.jsonl`);
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded);
}
