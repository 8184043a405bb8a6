import { type IpAddress, type MacAddress, type VtepIp, parseIp, parseMac, parseVtepIp } from '@l2gw/l2';
import type { ClientId } from './client-id.js';
import { type RowKind, record, text } from './json-schema.js';
import { reader } from './reader.js';

/** A bare-metal MAC that the switch has learned on one of its ports (`Ucast_Macs_Local`). */
export interface LearnedMac {
  /** Name of the logical switch: the network's id, if the logical switch is ours. */
  readonly logicalSwitch: string;
  readonly mac: MacAddress;
  /** The switch's own VTEP IP that its row points to. */
  readonly vtep?: VtepIp;
  readonly ip?: IpAddress;
}

const rows: readonly RowKind[] = [
  {
    key: '{logicalSwitch}/{mac}/{uuid}',
    about: 'A bare-metal MAC that the switch has learned on one of its ports.',
    row: record(
      {
        logicalSwitch: text('Its name: the id of the network, if it is ours.'),
        mac: text(),
        vtep: text("The switch's own VTEP IP that its row points to."),
        ip: text(),
      },
      ['vtep', 'ip'],
    ),
  },
];

/**
 * `learned/<switch>`, written by the agent for the API.
 * The row's `_uuid` in the switch's database is part of the key: a MAC that is learned anew is a new event, a re-dump is none.
 */
export const learnedTable = {
  type: 'l2gw.table.learned.v1',
  table: (switchId: ClientId): string => `learned/${switchId}`,
  rows,
  key: (logicalSwitch: string, mac: MacAddress, uuid: string): string => `${logicalSwitch}/${mac}/${uuid}`,
  decode(_key: string, json: unknown): LearnedMac {
    const read = reader(learnedTable.type, json);
    return {
      logicalSwitch: read.string('logicalSwitch'),
      mac: read.as('mac', parseMac),
      ...(read.has('vtep') ? { vtep: read.as('vtep', parseVtepIp) } : {}),
      ...(read.has('ip') ? { ip: read.as('ip', parseIp) } : {}),
    };
  },
} as const;
