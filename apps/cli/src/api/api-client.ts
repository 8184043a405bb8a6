/** Speaks to the API over HTTP. */
import { type ApiSettings, readUrl } from '../config.js';
import { Failure, Unreachable, UsageError } from '../failures.js';
import { deepest } from './deepest.js';
import { logIn } from './log-in.js';
import { readAnswer } from './answer.js';
import type { Noun } from './noun.js';
import { type ServerEvent, readEvents } from './server-events.js';
import { Silence } from './silence.js';
import { type Row, isRow, rowsIn } from './row.js';

export interface Ask {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/v2.0/`, a segment each. */
  readonly path: readonly string[];
  readonly query?: URLSearchParams;
  readonly body?: unknown;
  readonly limitMs?: number;
}

/** The longest that a bulk request may take. */
const LIMIT_MS = 120_000;
/** Of a stream: three of the API's comments missed. */
const MOST_SILENCE_MS = 45_000;
const PAGE = 1000;

/** Where the API is, and by what it knows us. */
interface Door {
  readonly url: string;
  readonly token?: string;
}

export class ApiClient {
  private opened: Promise<Door> | undefined;

  constructor(private readonly settings: ApiSettings) {}

  /** Throws `Refused` or `Unreachable`. */
  async request(ask: Ask): Promise<unknown> {
    const door = await this.door();
    const url = `${door.url}/v2.0/${ask.path.map(segment).join('/')}`;
    const query = ask.query === undefined || ask.query.size === 0 ? '' : `?${ask.query.toString()}`;
    const { status, text } = await exchange(`${url}${query}`, door, ask);
    return readAnswer(url, status, text);
  }

  /** The object that a request answers in the noun's envelope. */
  async object(noun: Noun, ask: Ask): Promise<Row> {
    const answer = await this.request(ask);
    const object = isRow(answer) ? answer[noun.singular] : undefined;
    if (!isRow(object)) throw new Unreachable(`${(await this.door()).url} answers without a ${noun.singular}`);
    return object;
  }

  show(noun: Noun, id: string): Promise<Row> {
    return this.object(noun, { method: 'GET', path: [noun.path, id] });
  }

  create(noun: Noun, attributes: Row): Promise<Row> {
    return this.object(noun, { method: 'POST', path: [noun.path], body: { [noun.singular]: attributes } });
  }

  update(noun: Noun, id: string, attributes: Row): Promise<Row> {
    return this.object(noun, { method: 'PUT', path: [noun.path, id], body: { [noun.singular]: attributes } });
  }

  /** Everything that the filters let through, page by page. */
  async list(noun: Noun, filters: readonly (readonly [string, string])[] = []): Promise<readonly Row[]> {
    const rows: Row[] = [];
    const first = new URLSearchParams({ limit: String(PAGE) });
    for (const [name, value] of filters) first.append(name, value);
    for (let next: URLSearchParams | undefined = first; next !== undefined;) {
      const answer = await this.request({ method: 'GET', path: [noun.path], query: next });
      const page = rowsIn(answer, noun.plural);
      if (page === undefined) throw new Unreachable(`${(await this.door()).url} answers without ${noun.plural}`);
      rows.push(...page);
      next = page.length === 0 ? undefined : nextPage(answer, noun);
    }
    return rows;
  }

  /** Events as they come, after the word that the stream has begun; ends with the stream. Throws `Refused` or `Unreachable`. */
  async *events(
    query: URLSearchParams,
    lastId: string | undefined,
    signal?: AbortSignal,
  ): AsyncGenerator<ServerEvent | 'begun'> {
    const silence = new Silence(MOST_SILENCE_MS);
    const door = await this.door();
    const { headers, ...request } = requestOf(door, { method: 'GET', path: [] });
    const url = `${door.url}/v2.0/l2-events?${query.toString()}`;
    try {
      const response = await fetch(url, {
        ...request,
        headers: {
          ...headers,
          Accept: 'text/event-stream',
          ...(lastId === undefined ? {} : { 'Last-Event-ID': lastId }),
        },
        signal: signal === undefined ? silence.signal : AbortSignal.any([signal, silence.signal]),
      });
      if (response.status !== 200) readAnswer(url, response.status, await response.text());
      yield 'begun';
      if (response.body === null) return;
      yield* readEvents(silence.heard(response.body.pipeThrough(new TextDecoderStream())));
    } catch (error) {
      if (error instanceof Failure) throw error;
      throw new Unreachable(`cannot reach ${door.url}: ${deepest(error)}`);
    } finally {
      silence.end();
    }
  }

  /** Keystone is asked once, by the first request. */
  private door(): Promise<Door> {
    this.opened ??= open(this.settings);
    return this.opened;
  }
}

async function open({ url, token, keystone }: ApiSettings): Promise<Door> {
  if (keystone === undefined) return { url, ...(token === undefined ? {} : { token }) };
  const loggedIn = await logIn(keystone);
  return { url: url === '' ? catalogued(loggedIn.url) : url, token: loggedIn.token };
}

function catalogued(url: string | undefined): string {
  if (url === undefined || url === '') {
    throw new UsageError("Keystone's catalog has no service network; set OS_ENDPOINT_OVERRIDE to the API's URL");
  }
  return readUrl(url);
}

async function exchange(
  url: string,
  door: Door,
  ask: Ask,
): Promise<{ readonly status: number; readonly text: string }> {
  const request = requestOf(door, ask);
  try {
    const response = await fetch(url, request);
    return { status: response.status, text: await response.text() };
  } catch (error) {
    throw new Unreachable(`cannot reach ${door.url}: ${deepest(error)}`);
  }
}

function requestOf(
  { token }: Door,
  { method, body, limitMs = LIMIT_MS }: Ask,
): RequestInit & { readonly headers: object } {
  return {
    method,
    // A redirection would carry the token to a server that nobody named.
    redirect: 'manual',
    signal: AbortSignal.timeout(Math.ceil(limitMs)),
    headers: {
      Accept: 'application/json',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(token === undefined ? {} : { 'X-Auth-Token': token }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

/** `.` and `..` would lead to another resource, even when they are escaped (URL standard, "double-dot path segment"). */
function segment(text: string): string {
  if (['', '.', '..'].includes(text)) throw new UsageError(`${JSON.stringify(text)} is no name and no id`);
  return encodeURIComponent(text);
}

function nextPage(answer: unknown, noun: Noun): URLSearchParams | undefined {
  const links = rowsIn(answer, `${noun.plural}_links`) ?? [];
  const href = links.find(({ rel }) => rel === 'next')?.['href'];
  return typeof href === 'string' ? new URL(href, 'http://api').searchParams : undefined;
}
