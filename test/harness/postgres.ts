/** A real PostgreSQL server of our own: started from the npm package's binaries, crashed and restarted at will. */
import { binaryAccount, ownDataDirectory } from './postgres-data.js';
import { postgresBinary } from './binaries.js';
import { Databases } from './postgres-databases.js';
import { descendantsOf } from './descendants.js';
import { type ServerProcess, startProcess } from './process.js';
import { freePort } from './tcp-port.js';
import { removeDirectory } from './temporary-directory.js';

export interface PostgresOptions {
  /** `false` where a test is not about durability: about ten times as many commits per second on a slow disk. */
  readonly fsync?: boolean;
  /** More of postgresql.conf, e.g. `{ max_connections: '20' }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

const PORT_ATTEMPTS = 5;

/** A server that the caller may kill and restart; always a new one, whatever L2GW_DATABASE_URL says. */
export async function startOwnPostgres(options: PostgresOptions = {}): Promise<OwnPostgres> {
  const server = new OwnPostgres(await ownDataDirectory(), options);
  await server.startOnFreePort();
  return server;
}

export class OwnPostgres {
  port = 0;
  private process: ServerProcess | undefined;

  constructor(
    readonly dataDirectory: string,
    private readonly options: PostgresOptions,
  ) {}

  /** The maintenance database; tests use one of their own. */
  get url(): string {
    return `postgres://l2gw@127.0.0.1:${this.port}/postgres`;
  }

  get output(): string {
    return this.running().output;
  }

  /** A new, empty database; the label only makes its name readable. */
  createDatabase(label: string): Promise<string> {
    return new Databases(this.url).create(label);
  }

  async stop(): Promise<void> {
    await this.process?.stop();
    await removeDirectory(this.dataDirectory);
  }

  /** As if the machine lost its power: the server and all its backends end in the middle of what they do. */
  async kill(): Promise<void> {
    const backends = await descendantsOf(this.running().pid);
    const gone = this.running().kill();
    for (const pid of backends) endIfThere(pid);
    await gone;
  }

  /** Same port and data; recovers from its log when it was killed. */
  async restart(): Promise<void> {
    await this.process?.stop();
    await this.start(this.port);
  }

  /** Freezes the server and every connection's backend: clients see silence, not an error. */
  async pause(): Promise<void> {
    await this.signalAll('SIGSTOP');
  }

  async resume(): Promise<void> {
    await this.signalAll('SIGCONT');
  }

  /** Another process may take the port between our look and our bind. */
  async startOnFreePort(attempt = 1): Promise<void> {
    try {
      await this.start(await freePort());
    } catch (error) {
      const taken = error instanceof Error && error.message.includes('Address already in use');
      if (!taken || attempt === PORT_ATTEMPTS) throw error;
      await this.startOnFreePort(attempt + 1);
    }
  }

  private async start(port: number): Promise<void> {
    this.process = await startProcess({
      name: 'postgres',
      command: postgresBinary('postgres'),
      args: ['-D', this.dataDirectory, '-p', String(port), ...this.settings()],
      prefix: (await binaryAccount()).prefix,
      ready: ({ output }) => output.includes('database system is ready to accept connections'),
      stopSignal: 'SIGINT', // fast shutdown: clients are cut off, a checkpoint is written
    });
    this.port = port;
  }

  private settings(): string[] {
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: '200',
      fsync: this.options.fsync === false ? 'off' : 'on',
      ...this.options.settings,
    };
    return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  }

  private async signalAll(signal: NodeJS.Signals): Promise<void> {
    for (const pid of await descendantsOf(this.running().pid)) process.kill(pid, signal);
    this.running().signal(signal);
  }

  private running(): ServerProcess {
    if (this.process === undefined) throw new Error('postgres was never started');
    return this.process;
  }
}

function endIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it noticed the end of its server first
  }
}
