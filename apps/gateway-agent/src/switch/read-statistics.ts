import {
  type Connection,
  EVERY_ROW,
  mapOfNumbersToTexts,
  numberOf,
  readSelected,
  type RequestLimits,
  type Row,
  select,
  type Uuid,
} from '@l2gw/ovsdb';
import type { ActualPort } from './switch-contents.js';

/** What the switch has counted on one VLAN of a port (vtep(5), Logical_Binding_Stats); 0 for what it does not tell. */
export interface PlaceStatistics {
  readonly port: string;
  readonly vlan: number;
  readonly packetsFromLocal: number;
  readonly bytesFromLocal: number;
  readonly packetsToLocal: number;
  readonly bytesToLocal: number;
}

const STATS = 'Logical_Binding_Stats';
const COUNTERS = ['packets_from_local', 'bytes_from_local', 'packets_to_local', 'bytes_to_local'];

/** Asks once, because counters that are followed would never be quiet. Empty where the switch has none; rejects as `Connection.select`. */
export async function readStatistics(
  connection: Pick<Connection, 'live' | 'transact'>,
  ports: readonly ActualPort[],
  limits: RequestLimits,
): Promise<readonly PlaceStatistics[]> {
  const schema = connection.live?.schema;
  if (schema !== undefined && !schema.tables.has(STATS)) return [];
  const asked = [
    select('Physical_Port', EVERY_ROW, ['_uuid', 'vlan_stats']),
    select(STATS, EVERY_ROW, ['_uuid', ...COUNTERS]),
  ] as const;
  const [portRows, statRows] = await connection.transact(asked, limits);
  if (schema === undefined) return [];
  const byPort = readSelected(schema, 'Physical_Port', ['vlan_stats'], portRows.rows);
  const stats = readSelected(schema, STATS, COUNTERS, statRows.rows);
  return ports.flatMap(({ id, name }) => statisticsOf(name, byPort.get(id) ?? {}, stats));
}

function statisticsOf(port: string, row: Row, stats: ReadonlyMap<Uuid, Row>): readonly PlaceStatistics[] {
  const found = [...mapOfNumbersToTexts(row, 'vlan_stats')].flatMap(([vlan, id]) => {
    const counters = stats.get(id);
    return counters === undefined ? [] : [{ port, vlan, ...countersOf(counters) }];
  });
  return found.sort((a, b) => a.vlan - b.vlan);
}

function countersOf(row: Row): Omit<PlaceStatistics, 'port' | 'vlan'> {
  return {
    packetsFromLocal: numberOf(row, 'packets_from_local') ?? 0,
    bytesFromLocal: numberOf(row, 'bytes_from_local') ?? 0,
    packetsToLocal: numberOf(row, 'packets_to_local') ?? 0,
    bytesToLocal: numberOf(row, 'bytes_to_local') ?? 0,
  };
}
