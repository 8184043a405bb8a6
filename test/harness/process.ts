/** A child process that is known to be ready, keeps its last words, and does not outlive its parent. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { optionalTool } from './binaries.js';
import { OutputBuffer } from './output-buffer.js';

export interface ProcessOptions {
  /** What error messages call it. */
  readonly name: string;
  readonly command: string;
  readonly args?: readonly string[];
  /** Put in front of the command, e.g. `unshare …`; must exec, so that the process keeps its pid. */
  readonly prefix?: readonly string[];
  readonly cwd?: string;
  /** Added to the parent's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Asked again and again until it says yes, the process exits, or the time is up. Absent: ready at once. */
  readonly ready?: (started: { readonly pid: number; readonly output: string }) => boolean | Promise<boolean>;
  readonly readyTimeoutMs?: number;
  readonly stopSignal?: NodeJS.Signals;
  readonly stopTimeoutMs?: number;
}

export interface Exit {
  readonly code: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
}

const READY_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;
const READY_POLL_MS = 10;

const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

export async function startProcess(options: ProcessOptions): Promise<ServerProcess> {
  const started = new ServerProcess(options);
  await started.waitUntilReady();
  return started;
}

export class ServerProcess {
  readonly pid: number;
  /** Settles when the process is gone, whoever ended it. */
  readonly exited: Promise<Exit>;
  private exit: Exit | undefined;
  private readonly child: ChildProcess;
  private readonly buffer = new OutputBuffer();

  constructor(private readonly options: ProcessOptions) {
    this.child = spawnGuarded(options);
    this.pid = this.child.pid ?? 0;
    this.buffer.collect(this.child);
    this.exited = this.watch();
    letParentExit(this.child);
  }

  get output(): string {
    return this.buffer.text;
  }

  get running(): boolean {
    return this.exit === undefined;
  }

  /** Asks it to end and, if it does not within its time, kills it. */
  async stop(): Promise<Exit> {
    this.signal(this.options.stopSignal ?? 'SIGTERM');
    this.signal('SIGCONT');
    const limit = this.options.stopTimeoutMs ?? STOP_TIMEOUT_MS;
    const killer = setTimeout(() => this.signal('SIGKILL'), limit);
    return this.exited.finally(() => clearTimeout(killer));
  }

  /** Ends it without warning, as a crash would. */
  async kill(): Promise<Exit> {
    this.signal('SIGKILL');
    const wakeful = setInterval(() => undefined, 1_000); // a child alone does not keep the parent awake
    return this.exited.finally(() => clearInterval(wakeful));
  }

  /** Freezes it: connections stay open, nothing answers. */
  pause(): void {
    this.signal('SIGSTOP');
  }

  resume(): void {
    this.signal('SIGCONT');
  }

  signal(signal: NodeJS.Signals): void {
    if (this.running) this.child.kill(signal);
  }

  async waitUntilReady(): Promise<void> {
    const limit = this.options.readyTimeoutMs ?? READY_TIMEOUT_MS;
    const deadline = performance.now() + limit;
    while (!(await this.isReady())) {
      if (this.exit) throw this.failure(`ended before it was ready (${describeExit(this.exit)})`);
      if (performance.now() > deadline) {
        await this.kill();
        throw this.failure(`was not ready within ${limit} ms`);
      }
      await Promise.race([this.exited, sleep(READY_POLL_MS)]);
    }
  }

  private async isReady(): Promise<boolean> {
    if (!this.running) return false;
    return this.options.ready === undefined || this.options.ready({ pid: this.pid, output: this.output });
  }

  private async watch(): Promise<Exit> {
    alive.add(this.child);
    try {
      const [code, signal] = (await once(this.child, 'close')) as [number | null, NodeJS.Signals | null];
      this.exit = { code: code ?? undefined, signal: signal ?? undefined };
    } catch (error) {
      this.buffer.append(String(error)); // it could not be started at all
      this.exit = { code: undefined, signal: undefined };
    }
    alive.delete(this.child);
    return this.exit;
  }

  private failure(what: string): Error {
    return new Error(`${this.options.name} ${what}\n${this.options.command}\n${this.output}`);
  }
}

export function describeExit({ code, signal }: Exit): string {
  if (signal !== undefined) return `by ${signal}`;
  return code === undefined ? 'could not be started' : `with code ${code}`;
}

/**
 * In a session of its own, so that Ctrl-C reaches the parent only. The kernel kills it when the parent dies, however
 * that happens: a killed jest worker runs no exit handlers, and those of a spec file never hear of the real exit.
 */
function spawnGuarded({ prefix = [], command, args = [], cwd, env }: ProcessOptions): ChildProcess {
  const setpriv = optionalTool('setpriv');
  const guard = setpriv === undefined ? [] : [setpriv, '--pdeathsig', 'KILL', '--'];
  const [program = command, ...rest] = [...prefix, ...guard, command, ...args];
  return spawn(program, rest, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
}

/** A server somebody forgot to stop must not keep a test run from ending; it dies with its parent anyway. */
function letParentExit(child: ChildProcess): void {
  child.unref();
  for (const stream of [child.stdout, child.stderr]) {
    if (stream && 'unref' in stream && typeof stream.unref === 'function') stream.unref();
  }
}
