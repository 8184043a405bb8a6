/** `l2gw watch`: prints events as they come. */
import { setTimeout as sleep } from 'node:timers/promises';
import { InvalidArgumentError, Option } from 'commander';
import { findId } from '../api/find-id.js';
import { NETWORK } from '../api/noun.js';
import { type Row, isRow, textOf } from '../api/row.js';
import type { ServerEvent } from '../api/server-events.js';
import { collect, integer } from '../syntax/option-values.js';
import { followEvents } from '../waiting/follow-events.js';
import { command } from './command.js';

interface WatchOptions {
  readonly noun?: readonly string[];
  readonly id?: readonly string[];
  readonly network?: readonly string[];
  readonly count?: number;
}

export const watchCommand = command<WatchOptions>({
  noun: '',
  verb: 'watch',
  summary: 'Print what changes, as it changes, until it is interrupted',
  options: () => [
    new Option(
      '--noun <noun>',
      'only of connection, gateway, network, port, switch, learned, mac, …; repeatable',
    ).argParser(collect),
    new Option('--id <id>', 'only of this resource or MAC; repeatable').argParser(collect),
    new Option('--network <network>', 'only of this network, by name or id; repeatable').argParser(collect),
    new Option('--count <events>', 'end after so many').argParser(positive),
  ],
  run: async ({ api, screen }, _words, { noun = [], id = [], network = [], count = Infinity }) => {
    const query = new URLSearchParams();
    for (const each of noun) query.append('noun', each);
    for (const each of id) query.append('id', each);
    for (const each of network) query.append('network_id', await findId(api, NETWORK, each));
    let left = count;
    await followEvents((lastId) => api.events(query, lastId), {
      sleep,
      onState: (text) => screen.note(text),
      onEvent: (event) => {
        const row = rowOf(event);
        if (isLoss(event)) screen.note('events may have been lost: list again what must not be missed');
        screen.line(row, lineOf(row));
        left -= 1;
        return left > 0 ? 'more' : 'enough';
      },
    });
  },
});

function positive(text: string): number {
  const number = integer(text);
  if (number === 0) throw new InvalidArgumentError('It is not above 0.');
  return number;
}

function isLoss({ name }: ServerEvent): boolean {
  return name === 'resync' || name === 'overflow';
}

/** What is no object is shown as it came. */
function rowOf({ name, data }: ServerEvent): Row {
  try {
    const row: unknown = JSON.parse(data);
    return isRow(row) ? { noun: name, ...row } : { noun: name, data };
  } catch {
    return { noun: name, data };
  }
}

/** When, what, which, and then whatever else it says. */
function lineOf(row: Row): string {
  const { at, noun, change, id, count, ...others } = row;
  const which = id ?? (count === undefined ? '' : `${textOf(row, 'count')} of them`);
  const said = Object.keys(others).map((name) => `${name}=${textOf(others, name)}`);
  const words = [at, noun, change, which].map((word) => (typeof word === 'string' ? word : ''));
  return [...words, ...said].filter((word) => word !== '').join('  ');
}
