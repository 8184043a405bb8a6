import { Log } from '@l2gw/runtime';
import { Injectable } from '@nestjs/common';
import { switchClientId } from '@l2gw/contracts';
import type { Replica } from '@l2gw/tables';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AgentConfig } from '../config.js';
import { decodeState, encodeState } from './state-file.js';

/** Between two rounds of writing: a twentieth of the time at the most is spent on it. */
const LEAST_REST_MS = 500;
const MOST_REST_MS = 60_000;
const REST = 20;

type Remembered = Pick<Replica<unknown>, 'name' | 'dump'>;

/**
 * Remembers tables in files, one for each, below `L2GW_STATE_DIR`; without it, nothing. A file is replaced as a whole: whoever reads it
 * finds what was true before or after, never between. That one cannot be written or read is told, and keeps nothing from working.
 */
@Injectable()
export class StateStore {
  private readonly dir: string | undefined;
  private readonly changed = new Map<string, Remembered | undefined>();
  private readonly stopping = new AbortController();
  private writing: Promise<void> | undefined;
  private restMs = LEAST_REST_MS;

  constructor(
    config: AgentConfig,
    private readonly log: Log,
  ) {
    this.dir = config.stateDir === undefined ? undefined : join(config.stateDir, switchClientId(config.switchNames[0]));
  }

  get isOn(): boolean {
    return this.dir !== undefined;
  }

  /** What was remembered, by the tables' names. */
  async load(): Promise<Map<string, unknown>> {
    const found = new Map<string, unknown>();
    for (const file of await this.files()) {
      const table = tableIn(file);
      if (table === undefined) continue;
      const state = await this.read(file);
      if (state !== undefined) found.set(table, state);
    }
    if (found.size > 0) this.log.info('state-recalled', { tables: found.size });
    return found;
  }

  /** The table is another now; soon its file says so. */
  remember(table: Remembered): void {
    this.change(table.name, table);
  }

  forget(table: string): void {
    this.change(table, undefined);
  }

  /** When it resolves, everything is written that can be. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.writing;
  }

  private change(name: string, table: Remembered | undefined): void {
    if (!this.isOn) return;
    this.changed.set(name, table);
    this.writing ??= this.writeAll().finally(() => (this.writing = undefined));
  }

  private async writeAll(): Promise<void> {
    while (this.changed.size > 0) {
      await pause(this.restMs, undefined, { ref: false, signal: this.stopping.signal }).catch(() => undefined);
      const started = performance.now();
      const isDone = await this.writeRound([...this.changed]);
      const spentMs = performance.now() - started;
      this.restMs = isDone ? Math.min(MOST_REST_MS, Math.max(LEAST_REST_MS, spentMs * REST)) : MOST_REST_MS;
      if (this.stopping.signal.aborted && !isDone) return;
    }
  }

  /** What cannot be written is tried again later. */
  private async writeRound(tables: readonly (readonly [name: string, table: Remembered | undefined])[]) {
    for (const [name, table] of tables) {
      this.changed.delete(name);
      try {
        await (table === undefined ? rm(this.path(name), { force: true }) : this.write(table));
      } catch (error) {
        this.log.warn('state-not-written', { file: this.path(name), error });
        if (!this.changed.has(name)) this.changed.set(name, table);
        return false;
      }
    }
    return true;
  }

  private async write(table: Remembered): Promise<void> {
    const path = this.path(table.name);
    await mkdir(this.dir ?? '', { recursive: true, mode: 0o700 });
    const file = await open(`${path}.new`, 'w', 0o600);
    try {
      for (const piece of encodeState(table.dump())) await file.write(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.new`, path);
  }

  private async files(): Promise<readonly string[]> {
    if (this.dir === undefined) return [];
    try {
      return await readdir(this.dir);
    } catch (error) {
      if (!isMissing(error)) this.log.warn('state-not-read', { file: this.dir, error });
      return [];
    }
  }

  private async read(file: string): Promise<object | undefined> {
    const path = join(this.dir ?? '', file);
    try {
      return decodeState(await readFile(path, 'utf8'));
    } catch (error) {
      this.log.warn('state-not-read', { file: path, error });
      return undefined;
    }
  }

  private path(table: string): string {
    return join(this.dir ?? '', `${encodeURIComponent(table)}${SUFFIX}`);
  }
}

const SUFFIX = '.state';

function tableIn(file: string): string | undefined {
  if (!file.endsWith(SUFFIX)) return undefined;
  try {
    return decodeURIComponent(file.slice(0, -SUFFIX.length));
  } catch {
    return undefined; // no file of ours
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
