/** In what the client's words about us differ from its words about the reference, apart from what every server chooses itself. */
import type { Printed } from '../../harness/openstack-resident.js';
import { readTable } from './printed-table.js';
import type { RecordedCommand, Table } from './recordings.js';

/** Fields whose values tell when something was made and how often it was changed. */
const CHOSEN = new Set(['revision_number']);

/** Each difference is a sentence of its own; rows and fields that only we have are none. */
export function differencesOf(recorded: RecordedCommand, ours: Printed): readonly string[] {
  const exit = ours.exit === recorded.exit ? [] : [`exit: ${ours.exit} instead of ${recorded.exit}`];
  const [stderr, expected] = [withoutRequestIds(ours.stderr), anonymous(recorded.stderr ?? '')];
  const words = stderr === expected ? [] : [`stderr: ${stderr || 'nothing'} instead of ${expected || 'nothing'}`];
  return [...exit, ...words, ...(recorded.table === undefined ? [] : tableDifferences(recorded.table, ours.stdout))];
}

function tableDifferences(recorded: Table, stdout: string): readonly string[] {
  const ours = readTable(stdout);
  if (ours === undefined) return ['table: there is none'];
  return recorded.columns[0] === 'Field' ? fieldDifferences(recorded, ours) : rowDifferences(recorded, ours);
}

function fieldDifferences(recorded: Table, ours: Table): readonly string[] {
  const values = new Map(ours.rows.map(([field = '', value = '']) => [field, anonymous(value)]));
  return recorded.rows.flatMap(([field = '', value = '']) => {
    const own = values.get(field);
    if (own === undefined) return [`field ${field}: is missing`];
    const same = CHOSEN.has(field) || own === anonymous(value);
    return same ? [] : [`field ${field}: ${own || 'nothing'} instead of ${anonymous(value) || 'nothing'}`];
  });
}

function rowDifferences(recorded: Table, ours: Table): readonly string[] {
  const missing = recorded.columns.filter((column) => !ours.columns.includes(column));
  if (missing.length > 0) return missing.map((column) => `column ${column}: is missing`);
  const order = recorded.columns.map((column) => ours.columns.indexOf(column));
  const own = ours.rows.map((row) => anonymous(order.map((index) => row[index]).join(' | ')));
  return recorded.rows.flatMap((row) => {
    const text = anonymous(row.join(' | '));
    const place = own.indexOf(text);
    if (place === -1) return [`row ${text}: is missing in ${own.join(', ')}`];
    own.splice(place, 1);
    return [];
  });
}

/** Leaves out what every server chooses itself: ids, times, addresses, the order of VLANs. */
function anonymous(text: string): string {
  return text
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, '<time>')
    .replace(/fa:16:3e(:[0-9a-f]{2}){3}/g, '<mac>')
    .replace(/ip_address='[^']*'/g, "ip_address='<ip>'")
    .replace(/http:\/\/(HOST|127\.0\.0\.1:\d+)/g, '<url>')
    .replace(/\['\d+'(, '\d+')*\]/g, (vlans) => `[${(vlans.match(/\d+/g) ?? []).sort().join(', ')}]`);
}

function withoutRequestIds(stderr: string): string {
  return anonymous(stderr.replace(/\nNeutron server returns request_ids.*/, '').trim());
}
