/** Remote MACs in JSON: a list, or the envelope of the specification; each an object or a text `MAC;IP`. */
import { isRow } from '../api/row.js';
import { type MacEntry, entryAt } from './mac-entry.js';
import { type RemoteMac, parseMacTuple, remoteMac } from './mac-tuple.js';

const ENVELOPES = ['remote-macs', 'l2_remote_macs', 'remote_macs'];
const IP_NAMES = ['ip', 'ipaddr', 'ip_addr', 'ip_address'];

export function readMacJson(text: string): readonly MacEntry[] {
  const json = parsed(text);
  if (json instanceof SyntaxError) return [{ place: 'the file', problem: `is not JSON: ${json.message}` }];
  const items = itemsOf(json);
  if (items === undefined) return [{ place: 'the file', problem: 'is no list of MACs, and has no "remote-macs"' }];
  return items.map((item, index) => entryAt(`item ${index + 1}`, () => readItem(item)));
}

function itemsOf(json: unknown): readonly unknown[] | undefined {
  const list = isRow(json) ? ENVELOPES.map((name) => json[name]).find((value) => value !== undefined) : json;
  return Array.isArray(list) ? list : undefined;
}

function readItem(item: unknown): RemoteMac {
  if (typeof item === 'string') return parseMacTuple(item);
  if (!isRow(item)) throw new RangeError(`neither an object nor a text: ${JSON.stringify(item)}`);
  const ip = IP_NAMES.map((name) => item[name]).find((value) => value !== undefined && value !== null);
  if (typeof item['mac'] !== 'string') throw new RangeError('"mac" is not a text');
  if (ip !== undefined && typeof ip !== 'string') throw new RangeError('"ip" is not a text');
  return remoteMac(item['mac'], ip);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    return error;
  }
}
