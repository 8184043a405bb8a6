/** A program of the product, started from `dist` as operators start it, and known by its log lines. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ServerProcess, startProcess } from './process.js';

const DIST = join(__dirname, '../../dist/apps');

/** Of Node, as in our image and in docs/operations.md. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = { api: ['--max-semi-space-size=32'] };

export interface Event {
  readonly event: string;
  readonly [field: string]: unknown;
}

/** Resolves when the program has logged `started`; rejects with its last words if it ends before. */
export async function startProgram(app: string, env: Readonly<Record<string, string>>): Promise<Program> {
  const main = join(DIST, app, 'main.js');
  if (!existsSync(main)) throw new Error(`${main} is missing: run \`npm run build\` first`);
  const process_ = await startProcess({
    name: app,
    command: process.execPath,
    args: [...(OPTIONS[app] ?? []), main],
    env,
    ready: ({ output }) => output.includes('"event":"started"'),
  });
  return new Program(process_);
}

export class Program {
  constructor(private readonly process: ServerProcess) {}

  get pid(): number {
    return this.process.pid;
  }

  get output(): string {
    return this.process.output;
  }

  /** What it has logged, as far as its last words reach back. */
  get events(): readonly Event[] {
    return this.process.output.split('\n').flatMap((line) => {
      if (!line.startsWith('{')) return [];
      return [JSON.parse(line) as Event];
    });
  }

  get url(): string {
    const listening = this.events.find((each) => each.event === 'listening');
    return String(listening?.['url']);
  }

  stop(): ReturnType<ServerProcess['stop']> {
    return this.process.stop();
  }

  kill(): ReturnType<ServerProcess['kill']> {
    return this.process.kill();
  }

  pause(): void {
    this.process.pause();
  }

  resume(): void {
    this.process.resume();
  }
}
