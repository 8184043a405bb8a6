import { type Agent, type IncomingHttpHeaders, type IncomingMessage, Agent as HttpAgent, request } from 'node:http';
import { Agent as HttpsAgent, request as requestSecurely } from 'node:https';

/** It did not answer, or not in a way that says anything about a token. */
export class IdentityServerFailure extends Error {
  override readonly name = 'IdentityServerFailure';
}

export interface IdentityAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Absent if the answer is not JSON. */
  readonly body: unknown;
}

interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly limit: AbortSignal;
}

const LIMIT_MS = 5000;
const MOST_BYTES = 4 * 1024 * 1024;
/** More at once wait for a connection. */
const CONNECTIONS = 32;

/** Keystone or an OIDC issuer: somebody else's server, which may be slow, silent or gone. */
export class IdentityServer {
  readonly agent: Agent;

  /** `url`: what all paths are below. `ca`: PEM of an authority to trust instead of the system's. `limitMs`: for a whole answer. */
  constructor(
    private readonly url: string,
    ca?: string,
    private readonly limitMs = LIMIT_MS,
  ) {
    // Questions are few, and a connection that was kept may just be closing.
    const options = { keepAlive: false, maxSockets: CONNECTIONS };
    this.agent = url.startsWith('https:')
      ? new HttpsAgent({ ...options, ...(ca === undefined ? {} : { ca }) })
      : new HttpAgent(options);
  }

  /** Follows no redirection: it would carry tokens to a server that nobody named. Throws `IdentityServerFailure`. */
  async ask(
    method: 'GET' | 'POST',
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: unknown,
  ): Promise<IdentityAnswer> {
    const limit = AbortSignal.timeout(this.limitMs);
    try {
      const response = await this.send(method, path, { headers, body, limit });
      return { status: response.statusCode ?? 0, headers: response.headers, body: parse(await textOf(response)) };
    } catch (cause) {
      const reason = limit.aborted ? `no answer within ${this.limitMs} ms` : reasonOf(cause);
      throw new IdentityServerFailure(`${method} ${this.url}${path}: ${reason}`, { cause });
    }
  }

  private send(method: string, path: string, { headers, body, limit }: Sent): Promise<IncomingMessage> {
    const send = this.url.startsWith('https:') ? requestSecurely : request;
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const options = { method, agent: this.agent, signal: limit };
      const type = text === undefined ? {} : { 'Content-Type': 'application/json' };
      send(`${this.url}${path}`, { ...options, headers: { Accept: 'application/json', ...type, ...headers } })
        .once('response', resolve)
        .on('error', reject)
        .end(text);
    });
  }
}

async function textOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new Error(`the answer is longer than ${MOST_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // proxies answer HTML when they cannot reach whom they stand for
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === '' && 'code' in error ? String(error.code) : error.message;
}
