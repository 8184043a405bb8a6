/** The OpenStack client in a process that has loaded its modules once and becomes it for every command anew. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

export interface Printed {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export const LIMIT_MS = 60_000;
const SCRIPT = join(__dirname, 'openstack-resident.py');

interface Ended {
  readonly id: number;
  /** As wait(2) has it: the exit code in the second byte, the signal that ended it in the first. */
  readonly status: number;
}

export class OpenStackResident {
  private readonly waiting = new Map<number, (status: number | Error) => void>();
  private commands = 0;

  private constructor(
    private readonly process: ChildProcessByStdio<Writable, Readable, null>,
    private readonly dir: string,
  ) {
    createInterface({ input: process.stdout }).on('line', (line) => this.end(JSON.parse(line) as Ended));
    process.stdin.on('error', () => undefined); // it is gone: 'close' says so to all who wait
    process.on('close', () => this.fail(new Error('the OpenStack client has ended')));
  }

  /** `command` is the client as it is installed; `dir` takes what it prints. */
  static start(command: string, dir: string, env: Readonly<Record<string, string>>): OpenStackResident {
    const args = [SCRIPT, command, String(LIMIT_MS / 1_000)];
    return new OpenStackResident(spawn(interpreterOf(command), args, { env, stdio: ['pipe', 'pipe', 'inherit'] }), dir);
  }

  async run(argv: readonly string[], env: Readonly<Record<string, string>>): Promise<Printed> {
    const id = (this.commands += 1);
    const [stdout, stderr] = [join(this.dir, `${id}.stdout`), join(this.dir, `${id}.stderr`)];
    const ended = new Promise<number>((resolve, reject) => {
      this.waiting.set(id, (status) => (typeof status === 'number' ? resolve(status) : reject(status)));
    });
    this.process.stdin.write(`${JSON.stringify({ id, argv, env, stdout, stderr })}\n`);
    const status = await ended;
    if ((status & 0x7f) !== 0) throw new Error(`openstack ${argv.join(' ')} was ended by signal ${status & 0x7f}`);
    return { exit: status >> 8, stdout: await readFile(stdout, 'utf8'), stderr: await readFile(stderr, 'utf8') };
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const closed = once(this.process, 'close');
    this.process.stdin.end();
    await closed;
  }

  private end({ id, status }: Ended): void {
    this.waiting.get(id)?.(status);
    this.waiting.delete(id);
  }

  private fail(error: Error): void {
    for (const settle of this.waiting.values()) settle(error);
    this.waiting.clear();
  }
}

/** The Python that the client was installed for need not be the first on the PATH. */
function interpreterOf(command: string): string {
  const [line = ''] = readFileSync(command, 'utf8').split('\n');
  const interpreter = /^#! ?(\S+python\S*)/.exec(line)?.[1];
  if (interpreter === undefined) throw new Error(`${command} is no Python script`);
  return interpreter;
}
