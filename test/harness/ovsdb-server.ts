/** A real ovsdb-server with a real hardware_vtep database, on a unix socket and on a TCP port the kernel chose. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { binary, vtepSchema } from './binaries.js';
import { type ServerProcess, startProcess } from './process.js';
import { runTool } from './run-tool.js';
import { acceptsConnections } from './tcp-port.js';
import { removeDirectory, temporaryDirectory } from './temporary-directory.js';
import { type PhysicalSwitch, writeInventory } from './tor-inventory.js';

export interface OvsdbServerOptions {
  /** A folder that stays when the server is stopped. */
  readonly dir?: string;
  /** Path of another schema file, e.g. of an older version; `none` starts a server without any database. */
  readonly schema?: string;
  /** An existing database file, used as it is. */
  readonly db?: string;
  /** `false`: unix socket only. */
  readonly tcp?: boolean;
  /** The TCP port is one of TLS: what the server shows, and whom it trusts (`none`: everybody). */
  readonly tls?: ServerTls;
  /** Rows as the switch itself writes them when it boots. */
  readonly physicalSwitches?: readonly PhysicalSwitch[];
  /** More of ovsdb-server's own options, e.g. for TLS. */
  readonly args?: readonly string[];
}

export interface ServerTls {
  readonly certFile: string;
  readonly keyFile: string;
  readonly caFile: string;
}

export async function startOvsdbServer(options: OvsdbServerOptions = {}): Promise<OvsdbServer> {
  const dir = options.dir ?? (await temporaryDirectory('ovsdb'));
  const server = new OvsdbServer(dir, options);
  await server.start();
  if (options.physicalSwitches) await writeInventory(server, options.physicalSwitches);
  return server;
}

export class OvsdbServer {
  readonly dbPath: string;
  private readonly socket: string;
  private port = 0;
  private process: ServerProcess | undefined;

  constructor(
    readonly dir: string,
    private readonly options: OvsdbServerOptions,
  ) {
    this.socket = join(dir, 'db.sock');
    this.dbPath = options.db ?? join(dir, 'vtep.db');
  }

  get unixEndpoint(): string {
    return `unix:${this.socket}`;
  }

  get tcpEndpoint(): string {
    return this.endpoint('tcp');
  }

  get sslEndpoint(): string {
    return this.endpoint('ssl');
  }

  get tcpPort(): number {
    return this.port;
  }

  get pid(): number {
    return this.running().pid;
  }

  get output(): string {
    return this.running().output;
  }

  async start(): Promise<void> {
    await this.createDatabase();
    const tcp = this.options.tcp !== false;
    this.process = await startProcess({
      name: 'ovsdb-server',
      command: binary('ovsdb-server'),
      args: [
        ...this.remotes(tcp),
        ...LOGGING,
        ...tlsArguments(this.options.tls),
        ...(this.options.args ?? []),
        ...this.databases(),
      ],
      ready: async ({ output }) => existsSync(this.socket) && (!tcp || (await this.listens(output))),
    });
  }

  async stop(): Promise<void> {
    await this.process?.stop();
    if (this.options.dir === undefined) await removeDirectory(this.dir);
  }

  async kill(): Promise<void> {
    await this.process?.kill();
  }

  /** Same socket, port and database: a switch whose management process was restarted. Works after `kill()` too. */
  async restart(): Promise<void> {
    await this.process?.stop();
    await rm(this.socket, { force: true }); // left over after a crash, and then it would look ready too early
    await this.start();
  }

  /** Same endpoints, empty database: a switch that was reset or replaced. */
  async wipe(): Promise<void> {
    await this.process?.stop();
    await rm(this.dbPath, { force: true });
    await this.restart();
  }

  pause(): void {
    this.running().pause();
  }

  resume(): void {
    this.running().resume();
  }

  /** Everything in the database as ovsdb-client prints it (sorted, without `_version`): equal text, equal content. */
  dump(): Promise<string> {
    return runTool(binary('ovsdb-client'), ['dump', this.unixEndpoint, DATABASE]);
  }

  /** Runs RFC 7047 operations in one transaction; throws if any of them, or the commit, failed. */
  async transact(operations: readonly object[]): Promise<readonly TransactResult[]> {
    const request = JSON.stringify([DATABASE, ...operations]);
    const reply = await runTool(binary('ovsdb-client'), ['transact', this.unixEndpoint, request]);
    const results = JSON.parse(reply) as TransactResult[];
    const failed = results.find((result) => result?.error !== undefined);
    if (failed) throw new Error(`transaction failed: ${failed.error}: ${failed.details ?? ''}`);
    return results;
  }

  private endpoint(kind: string): string {
    if (this.port === 0) throw new Error('this ovsdb-server has no TCP port');
    return `${kind}:127.0.0.1:${this.port}`;
  }

  private running(): ServerProcess {
    if (this.process === undefined) throw new Error('ovsdb-server was never started');
    return this.process;
  }

  private async createDatabase(): Promise<void> {
    if (this.options.schema === 'none' || existsSync(this.dbPath)) return;
    await runTool(binary('ovsdb-tool'), ['create', this.dbPath, this.options.schema ?? vtepSchema()]);
  }

  private remotes(tcp: boolean): string[] {
    const unix = [`--remote=punix:${this.socket}`, `--unixctl=${join(this.dir, 'control.sock')}`];
    return tcp ? [...unix, `--remote=${this.options.tls ? 'pssl' : 'ptcp'}:${this.port}:127.0.0.1`] : unix;
  }

  private databases(): string[] {
    return this.options.schema === 'none' ? ['--no-dbs'] : [this.dbPath];
  }

  /** The port is told only when the kernel chose it; at a restart the old one must answer again. */
  private async listens(output: string): Promise<boolean> {
    if (output.includes('Address already in use')) return false;
    const [, chosen] = /listening on port (\d+)/.exec(output) ?? [];
    if (chosen !== undefined) this.port = Number(chosen);
    return this.port !== 0 && acceptsConnections(this.port);
  }
}

export interface TransactResult {
  readonly uuid?: readonly ['uuid', string];
  readonly rows?: readonly Readonly<Record<string, unknown>>[];
  readonly count?: number;
  readonly error?: string;
  readonly details?: string;
}

export function tlsArguments(tls: ServerTls | undefined): string[] {
  if (tls === undefined) return [];
  const { certFile, keyFile, caFile } = tls;
  return [`--private-key=${keyFile}`, `--certificate=${certFile}`, `--ca-cert=${caFile}`];
}

const DATABASE = 'hardware_vtep';
const LOGGING = ['-vconsole:warn', '-vsyslog:off', '-vsocket_util:console:info'];
