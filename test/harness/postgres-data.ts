/** Data directories: initdb runs once per version, every server starts from a copy. */
import { mkdir, readFile, rename } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename, join } from 'node:path';
import { cacheDirectory, optionalTool, postgresBinary } from './binaries.js';
import { runTool } from './run-tool.js';
import { removeDirectory, temporaryDirectory } from './temporary-directory.js';

export interface Account {
  /** Put in front of PostgreSQL's programs. */
  readonly prefix: readonly string[];
  /** Who must own the data, if not we ourselves. */
  readonly owner: string | undefined;
}

const NOBODY = '65534';
let account: Promise<Account> | undefined;

/** PostgreSQL refuses to run as root or as nobody known, so it runs as another user: of a user namespace, or `nobody`. */
export function binaryAccount(): Promise<Account> {
  account ??= findAccount();
  return account;
}

/** A fresh data directory for one server. */
export async function ownDataDirectory(): Promise<string> {
  const template = await templateDirectory();
  const parent = await temporaryDirectory('postgres');
  await removeDirectory(parent);
  await runTool('cp', ['--archive', '--reflink=auto', template, parent]);
  return parent;
}

async function findAccount(): Promise<Account> {
  if (isOrdinaryUser()) return { prefix: [], owner: undefined };
  // daemon (1) stands in every /etc/passwd, which initdb looks into.
  const unshare = [optionalTool('unshare') ?? 'unshare', '--user', '--map-user=1', '--map-group=1', '--'];
  if (await works([...unshare, 'true'])) return { prefix: unshare, owner: undefined };
  const become = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--'];
  return { prefix: [optionalTool('setpriv') ?? 'setpriv', ...become], owner: NOBODY };
}

function isOrdinaryUser(): boolean {
  try {
    return userInfo().uid !== 0;
  } catch {
    return false; // a bare number, as in some containers
  }
}

async function works([command = '', ...args]: readonly string[]): Promise<boolean> {
  try {
    await runTool(command, args);
    return true;
  } catch {
    return false; // user namespaces are switched off here: the caller has another way
  }
}

/** Renamed into place when complete, so that test runs side by side never see half of it. */
async function templateDirectory(): Promise<string> {
  const template = join(cacheDirectory, `postgres-${await packageVersion()}-uid${process.getuid?.() ?? ''}`);
  if (await isComplete(template)) return template;
  await mkdir(cacheDirectory, { recursive: true });
  const fresh = await initialisedDirectory();
  const moved = join(cacheDirectory, basename(fresh));
  await runTool('cp', ['--archive', fresh, moved]);
  await removeDirectory(fresh);
  await rename(moved, template).catch(() => removeDirectory(moved)); // another run was quicker: its copy is as good
  return template;
}

async function initialisedDirectory(): Promise<string> {
  const { prefix, owner } = await binaryAccount();
  const fresh = await temporaryDirectory('initdb');
  if (owner !== undefined) await runTool('chown', [`${owner}:${owner}`, fresh]);
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const [command = '', ...args] = [...prefix, postgresBinary('initdb'), '-D', fresh, '-U', 'l2gw', '-A', 'trust'];
  await runTool(command, [...args, '--no-sync', ...locale]);
  return fresh;
}

async function isComplete(template: string): Promise<boolean> {
  return readFile(join(template, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}

async function packageVersion(): Promise<string> {
  const path = join(postgresBinary('postgres'), '../../../package.json');
  return (JSON.parse(await readFile(path, 'utf8')) as { version: string }).version;
}
