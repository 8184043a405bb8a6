/** `l2gw explain`: where a MAC is, and why. */
import { Option } from 'commander';
import { findId } from '../api/find-id.js';
import { NETWORK } from '../api/noun.js';
import { type Row, isRow, rowsIn, textOf } from '../api/row.js';
import { NotFound, Unreachable } from '../failures.js';
import type { Screen } from '../output/screen.js';
import { command } from './command.js';

const CANDIDATES = ['', 'kind', 'where', 'vtep', 'ips', 'claim', 'sequence', 'since', 'reason'];
const SWITCHES = ['switch', 'next_hop', 'status', 'status_reason'];
const HOSTS = ['host', 'tunnel_ip', 'next_hop'];

const MAC = /^([0-9a-f]{2}[:-]?){5}[0-9a-f]{2}$|^([0-9a-f]{4}\.){2}[0-9a-f]{4}$/i;

export const explainCommand = command<{ readonly network?: string }>({
  noun: '',
  verb: 'explain',
  summary: 'Say where a MAC is, who says so, why he is believed and which switches have it',
  takes: [['<mac>', 'a MAC, or an IP that it has']],
  options: () => [new Option('--network <network>', 'name or id; else every network in which somebody claims it')],
  run: async ({ api, screen }, [subject = ''], { network }) => {
    const query = new URLSearchParams({ [MAC.test(subject) ? 'mac' : 'ip']: subject });
    if (network !== undefined) query.set('network', await findId(api, NETWORK, network));
    const answer = await api.request({ method: 'GET', path: ['l2-explain'], query });
    const explanations = rowsIn(answer, 'l2_explanations');
    if (explanations === undefined) throw new Unreachable('the API answers without l2_explanations');
    const text = isRow(answer) ? textOf(answer, 'text') : '';
    if (explanations.length === 0) throw new NotFound(text);
    if (text !== '') screen.note(text);
    if (screen.isStructured) screen.document(explanations);
    else for (const each of explanations) show(screen, each);
  },
});

function show(screen: Screen, explanation: Row): void {
  const name = textOf(explanation, 'network_name');
  screen.heading(
    `Network ${name === '' ? '' : `${name} `}(${textOf(explanation, 'network_id')}): ${textOf(explanation, 'text')}`,
  );
  const rows = (key: string) => rowsIn(explanation, key) ?? [];
  screen.part(rows('candidates').map(candidateRow), CANDIDATES);
  screen.part(rows('switches').map(memberRow), SWITCHES);
  screen.part(rows('hosts').map(memberRow), HOSTS);
}

function candidateRow(row: Row): Row {
  const { path } = row;
  const isRelayed = Array.isArray(path) && path.length > 1;
  const far = isRelayed ? path.join(' by way of ') : textOf(row, 'cloud') || textOf(row, 'rgw_connection');
  const where = textOf(row, 'switch') || textOf(row, 'host') || far || 'no host';
  const since = textOf(row, 'since') || textOf(row, 'updated_at');
  return { ...row, '': row['is_chosen'] === true ? '*' : '', where, since };
}

function memberRow(row: Row): Row {
  return row['is_local'] === true ? { ...row, next_hop: '(behind itself)' } : row;
}
