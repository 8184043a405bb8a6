import { EXPORTED_MAC, type ExportKind, EXPORT_KINDS } from './export-table.js';
import { flag, integer, list, oneOf, record, text } from './json-schema.js';
import { type Reader, reader } from './reader.js';
import { SYNC_REFUSALS, type SyncRefusal } from './sync-report.js';

/** Which rows of a peer are asked for, in the order of connection and MAC. */
export interface RibInQuery {
  readonly peer: string;
  readonly network?: string;
  readonly mac?: string;
  /** Only what comes after it. */
  readonly after?: RibInPlace;
  /** At most; there may be fewer, as an answer is bounded in bytes. */
  readonly limit: number;
}

export interface RibInPlace {
  readonly connection: string;
  readonly mac: string;
}

/** What a peer says of a MAC now, and what remote-sync thinks of it. */
export interface RibInRow extends RibInPlace {
  readonly network: string;
  /** Absent: the row is not understood, and `mac` is what stands in its place. */
  readonly said?: {
    readonly sequence: number;
    readonly static: boolean;
    readonly ips: readonly string[];
    readonly kind: ExportKind;
  };
  readonly accepted: boolean;
  /** What of it is not used, and why: if it is accepted, some of its IPs. */
  readonly refused: readonly SyncRefusal[];
}

export interface RibIn {
  readonly rows: readonly RibInRow[];
  /** There are more after the last one. */
  readonly more: boolean;
}

const PLACE = record({ connection: text(), mac: text() });
const { sequence, static: isStatic, ips, kind } = EXPORTED_MAC;
const SAID = {
  ...record({ sequence, static: isStatic, ips, kind }, ['static']),
  description: 'Absent: not understood.',
};

/** How remote-sync is asked `rib-in`, and answers. */
export const ribIn = {
  type: 'l2gw.sync.rib-in.v1',
  request: record({ peer: text('Its id.'), network: text(), mac: text(), after: PLACE, limit: integer() }, [
    ...['network', 'mac', 'after'],
  ]),
  schema: record({
    rows: list(
      record(
        {
          ...{ connection: text(), network: text(), mac: text(), said: SAID, accepted: flag() },
          refused: list(oneOf(SYNC_REFUSALS), 'What of it is not used, and why.'),
        },
        ['said'],
      ),
    ),
    more: flag('There are more after the last one.'),
  }),
  decodeRequest(json: unknown): RibInQuery {
    const read = reader(ribIn.type, json);
    return {
      peer: read.string('peer'),
      ...(read.has('network') ? { network: read.string('network') } : {}),
      ...(read.has('mac') ? { mac: read.string('mac') } : {}),
      ...(read.has('after') ? { after: read.object('after', decodePlace) } : {}),
      limit: read.integer('limit'),
    };
  },
  decode(json: unknown): RibIn {
    const read = reader(ribIn.type, json);
    return { rows: read.objects('rows', decodeRow), more: read.boolean('more') };
  },
} as const;

function decodePlace(read: Reader): RibInPlace {
  return { connection: read.string('connection'), mac: read.string('mac') };
}

function decodeRow(read: Reader): RibInRow {
  return {
    ...decodePlace(read),
    network: read.string('network'),
    ...(read.has('said') ? { said: read.object('said', decodeSaid) } : {}),
    accepted: read.boolean('accepted'),
    refused: read.strings('refused', parseRefusal),
  };
}

function decodeSaid(read: Reader): RibInRow['said'] & object {
  return {
    sequence: read.integer('sequence'),
    static: read.has('static') && read.boolean('static'),
    ips: read.strings('ips'),
    kind: read.oneOf('kind', EXPORT_KINDS),
  };
}

/** Throws `RangeError`. */
function parseRefusal(text: string): SyncRefusal {
  const known = SYNC_REFUSALS.find((each) => each === text);
  if (known === undefined) throw new RangeError(`not a reason: ${text}`);
  return known;
}
