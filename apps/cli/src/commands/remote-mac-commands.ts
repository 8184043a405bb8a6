/** Remote MACs: hosts that are reached through a remote gateway connection. */
import { Option } from 'commander';
import { REMOTE_MAC } from '../api/noun.js';
import { UsageError } from '../failures.js';
import { argument } from '../syntax/argument.js';
import { parseMacTuple, remoteMacBody } from '../syntax/mac-tuple.js';
import { command } from './command.js';
import { deleteCommand, showCommand, showCreated, showList, verb } from './common.js';
import { importMacs } from './import-macs.js';

const NAMES = { noun: 'remote-mac', specified: 'l2-remote-mac' };

const create = command({
  ...verb(NAMES, 'create'),
  summary: 'Say that a host is reached through a remote gateway connection',
  takes: [
    ['<mac-ip>', 'MAC[;IP], to be quoted in a shell; MAC,IP means the same'],
    ['<remote-connection>', 'id'],
  ],
  run: async (session, [tuple = '', connection = '']) => {
    const attributes = { ...remoteMacBody(argument(tuple, parseMacTuple)), rgw_connection: connection };
    showCreated(session, REMOTE_MAC, await session.api.create(REMOTE_MAC, attributes));
  },
});

const list = command<{ readonly remoteConnection?: string }>({
  ...verb(NAMES, 'list'),
  summary: 'List all remote MACs',
  options: () => [new Option('--remote-connection <id>', 'only those of this remote gateway connection')],
  run: async (session, _words, { remoteConnection }) => {
    if (remoteConnection === '') throw new UsageError('an empty text is no remote gateway connection');
    const filter = remoteConnection === undefined ? [] : [['rgw_connection', remoteConnection] as const];
    showList(session, REMOTE_MAC, await session.api.list(REMOTE_MAC, filter));
  },
});

const bulk = command<{ readonly remoteConnection: string; readonly dryRun?: boolean }>({
  noun: 'remote-mac',
  verb: 'import',
  summary: 'Create many remote MACs from a CSV or JSON file',
  takes: [['<file>', '- is standard input']],
  options: () => [
    new Option('--remote-connection <id>', 'through which they are reached').makeOptionMandatory(),
    new Option('--dry-run', 'only look whether the file can be imported'),
  ],
  run: (session, [file = ''], { remoteConnection, dryRun }) =>
    importMacs(session, { file, remoteConnection, mode: dryRun === true ? 'check' : 'send' }),
});

export const remoteMacCommands = [create, bulk, deleteCommand(NAMES, REMOTE_MAC), list, showCommand(NAMES, REMOTE_MAC)];
