/** A real nats-server on a port that it chooses itself and tells in its ports file. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { binary } from './binaries.js';
import { type ServerProcess, startProcess } from './process.js';
import { removeDirectory, temporaryDirectory } from './temporary-directory.js';

export interface NatsServerOptions {
  /** The text of a configuration file; host and port are set by the harness. */
  readonly config?: string;
  /** Only for a server that must come back where another was; otherwise the server chooses. */
  readonly port?: number;
  /** A folder that stays when the server is stopped. */
  readonly dir?: string;
}

interface PortsFile {
  readonly nats: readonly string[];
}

const CHOOSE = -1;

export async function startNatsServer(options: NatsServerOptions = {}): Promise<NatsServer> {
  const dir = options.dir ?? (await temporaryDirectory('nats'));
  const server = new NatsServer(dir, options);
  await server.start(options.port ?? CHOOSE);
  return server;
}

export class NatsServer {
  port = 0;
  private process: ServerProcess | undefined;

  constructor(
    readonly dir: string,
    private readonly options: NatsServerOptions,
  ) {}

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.running().pid;
  }

  get output(): string {
    return this.running().output;
  }

  async start(port: number): Promise<void> {
    this.process = await startProcess({
      name: 'nats-server',
      command: binary('nats-server'),
      args: ['--addr', '127.0.0.1', '--port', String(port), '--ports_file_dir', this.dir, ...(await this.configArgs())],
      ready: ({ pid }) => this.readPort(pid),
    });
  }

  /** Ends it; the port stays known, so that `restart()` brings it back at the same address. */
  async stop(): Promise<void> {
    await this.process?.stop();
    if (this.options.dir === undefined) await removeDirectory(this.dir);
  }

  async kill(): Promise<void> {
    await this.process?.kill();
  }

  /** Same address, no memory of subscriptions: what clients see when a server is upgraded. */
  async restart(): Promise<void> {
    await this.process?.stop();
    await this.start(this.port);
  }

  pause(): void {
    this.running().pause();
  }

  resume(): void {
    this.running().resume();
  }

  private running(): ServerProcess {
    if (this.process === undefined) throw new Error('nats-server was never started');
    return this.process;
  }

  private async configArgs(): Promise<string[]> {
    if (this.options.config === undefined) return [];
    const path = join(this.dir, 'nats-server.conf');
    await writeFile(path, this.options.config);
    return ['--config', path];
  }

  /** The file appears empty first and is filled afterwards: until it parses, the server is not ready. */
  private async readPort(pid: number): Promise<boolean> {
    try {
      const text = await readFile(join(this.dir, `nats-server_${pid}.ports`), 'utf8');
      const [url] = (JSON.parse(text) as PortsFile).nats;
      if (url === undefined) return false;
      this.port = Number(new URL(url).port);
      return true;
    } catch {
      return false; // not written yet: `ready` is asked again
    }
  }
}
