import { integer, list, record, text } from './json-schema.js';
import { type Reader, reader } from './reader.js';

/** `Logical_Binding_Stats` of one VLAN of a port (vtep(5)), as the switch counts. */
export interface BindingStatistics {
  readonly port: string;
  readonly vlan: number;
  readonly packetsFromLocal: number;
  readonly bytesFromLocal: number;
  readonly packetsToLocal: number;
  readonly bytesToLocal: number;
}

/** Those of a switch. */
export interface SwitchStatistics {
  /** Bindings that have statistics, also those that are not named; 0 also where the switch reports none. */
  readonly count: number;
  readonly bindings: readonly BindingStatistics[];
}

const BINDING = record({
  port: text(),
  vlan: integer(),
  packetsFromLocal: integer(),
  bytesFromLocal: integer(),
  packetsToLocal: integer(),
  bytesToLocal: integer(),
});

/** How an agent answers `statistics`. */
export const bindingStatistics = {
  type: 'l2gw.switch.statistics.v1',
  most: 2000,
  schema: record({ count: integer('Bindings that have statistics.'), bindings: list(BINDING) }),
  decode(json: unknown): SwitchStatistics {
    const read = reader(bindingStatistics.type, json);
    return { count: read.integer('count'), bindings: read.objects('bindings', decodeOne) };
  },
} as const;

function decodeOne(read: Reader): BindingStatistics {
  return {
    port: read.string('port'),
    vlan: read.integer('vlan'),
    packetsFromLocal: read.integer('packetsFromLocal'),
    bytesFromLocal: read.integer('bytesFromLocal'),
    packetsToLocal: read.integer('packetsToLocal'),
    bytesToLocal: read.integer('bytesToLocal'),
  };
}
