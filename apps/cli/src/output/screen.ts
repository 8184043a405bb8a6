/** Prints what a command has to say: its result to stdout, notes to stderr. */
import { type Row, textOf } from '../api/row.js';
import { UsageError } from '../failures.js';
import type { Terminal } from '../terminal.js';
import { visible } from './cells.js';
import { chooseColumns } from './columns.js';
import { type Style, renderList, renderObject } from './render.js';

export interface ScreenOptions extends Style {
  /** Empty: the command's own. */
  readonly columns: readonly string[];
  readonly quiet: boolean;
}

export class Screen {
  constructor(
    readonly terminal: Terminal,
    private readonly options: ScreenOptions,
  ) {}

  get quiet(): boolean {
    return this.options.quiet;
  }

  list(rows: readonly Row[], defaults: readonly string[]): void {
    if (this.quiet) return this.ids(rows);
    const present = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const { columns, unknown } = chooseColumns(present, defaults, this.options.columns);
    // Without rows nobody can say which attributes there are.
    const shown = rows.length === 0 ? [...columns, ...unknown] : columns;
    if (shown.length > 0) this.terminal.stdout.write(renderList(rows, shown, this.options));
    if (rows.length > 0) requireKnown(unknown, present);
  }

  /** Its attributes in alphabetical order, as the reference client shows them. */
  object(row: Row): void {
    if (this.quiet) return this.ids([row]);
    const present = Object.keys(row).sort();
    const { columns, unknown } = chooseColumns(present, present, this.options.columns);
    if (columns.length > 0) this.terminal.stdout.write(renderObject(row, columns, this.options));
    requireKnown(unknown, present);
  }

  /** Whether the format takes whatever is nested in a result. */
  get isStructured(): boolean {
    return this.options.format === 'json' || this.options.format === 'yaml';
  }

  /** As it is, whatever columns were asked for. */
  document(rows: readonly Row[]): void {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    this.terminal.stdout.write(renderList(rows, columns, this.options));
  }

  /** One of many results that come one after another: a line each, of JSON if that was asked for. */
  line(row: Row, text: string): void {
    if (this.quiet) return this.ids([row]);
    this.terminal.stdout.write(`${this.options.format === 'json' ? JSON.stringify(row) : visible(text)}\n`);
  }

  /** Above parts of a result; programs that read other formats do not want it. */
  heading(text: string): void {
    if (this.options.format === 'table' && !this.quiet) this.terminal.stdout.write(`${visible(text)}\n`);
  }

  /** One of several tables that are a result together. */
  part(rows: readonly Row[], columns: readonly string[]): void {
    if (rows.length > 0 && !this.quiet) this.terminal.stdout.write(renderList(rows, columns, this.options));
  }

  /** For people who look on; a script that asked for quiet does not hear it. */
  note(text: string): void {
    if (!this.quiet) this.terminal.stderr.write(`${visible(text)}\n`);
  }

  private ids(rows: readonly Row[]): void {
    const ids = rows.map((row) => textOf(row, 'id') || textOf(row, 'mac')).filter((id) => id !== '');
    this.terminal.stdout.write(ids.map((id) => `${id}\n`).join(''));
  }
}

function requireKnown(unknown: readonly string[], present: readonly string[]): void {
  if (unknown.length === 0) return;
  throw new UsageError(`no column ${unknown.map((name) => `'${name}'`).join(', ')}; there are ${present.join(', ')}`);
}
