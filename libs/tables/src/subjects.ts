/**
 * Where each message of the table protocol goes.
 * NATS permissions hang on these subjects, so every token in them is a generated id, checked here.
 */
export const DEFAULT_ROOT = 'l2gw.v1';

export const REQUEST_VERBS = ['check', 'since', 'digest', 'bucket', 'snapshot'] as const;
export type RequestVerb = (typeof REQUEST_VERBS)[number];

const TOKEN = /^[A-Za-z0-9_-]+$/;

export class TableSubjects {
  constructor(private readonly root: string = DEFAULT_ROOT) {}

  /** Deltas and beats of one table. */
  table(table: string): string {
    return `${this.root}.table.${tableTokens(table)}`;
  }

  /** The life sign of a writer, once a second. */
  life(writer: string): string {
    return `${this.root}.life.${token(writer)}`;
  }

  /** What a reader asks. */
  request(client: string, verb: RequestVerb): string {
    return `${this.root}.req.${token(client)}.${verb}`;
  }

  /** What a server of tables listens to, from every client or from one. */
  requests(verb: RequestVerb, client?: string): string {
    return client === undefined ? `${this.root}.req.*.${verb}` : this.request(client, verb);
  }

  /** What an agent pushes. */
  push(client: string, table: string): string {
    return `${this.root}.up.${token(client)}.${tableTokens(table)}`;
  }

  /** What a receiver of pushes listens to, from every client. */
  pushes(): string {
    return `${this.root}.up.*.>`;
  }

  /** Who asks; the server of the bus vouches for it. */
  clientOfRequest(subject: string): string | undefined {
    return this.tokensAfter('req', subject)?.[0];
  }

  /** Who pushes what. */
  sourceOfPush(subject: string): { readonly client: string; readonly table: string } | undefined {
    const [client, ...table] = this.tokensAfter('up', subject) ?? [];
    return client === undefined || table.length === 0 ? undefined : { client, table: table.join('/') };
  }

  private tokensAfter(kind: string, subject: string): readonly string[] | undefined {
    const prefix = `${this.root}.${kind}.`;
    if (!subject.startsWith(prefix)) return undefined;
    return subject.slice(prefix.length).split('.');
  }
}

/** Whether a text may be a table's name: ids separated by slashes. */
export function isTableName(text: string): boolean {
  return text.split('/').every((part) => TOKEN.test(part));
}

function tableTokens(table: string): string {
  return table.split('/').map(token).join('.');
}

function token(text: string): string {
  if (!TOKEN.test(text)) throw new RangeError(`not an id that a subject may carry: ${JSON.stringify(text)}`);
  return text;
}
