/** Gets a token and the API's URL from Keystone (Identity API v3, `POST /v3/auth/tokens`). */
import { Refused, Unreachable, UsageError } from '../failures.js';
import type { KeystoneLogin } from '../keystone-settings.js';
import { deepest } from './deepest.js';
import { type Row, isRow, rowsIn, textOf } from './row.js';

export interface LoggedIn {
  readonly token: string;
  /** Of the service `network` in the catalog; absent if the catalog has none. */
  readonly url?: string;
}

const LIMIT_MS = 30_000;

/** Throws `Refused` if Keystone does not know the user, `Unreachable` if it does not answer like Keystone. */
export async function logIn(login: KeystoneLogin): Promise<LoggedIn> {
  const { identity, scope } = login;
  const response = await ask(`${login.authUrl}/v3/auth/tokens`, { auth: { identity, ...(scope ? { scope } : {}) } });
  if (response.status === 401) throw new Refused('Unauthorized', `Keystone at ${login.authUrl} refuses the login`, 401);
  const token = response.headers.get('X-Subject-Token');
  const body = await parsed(response);
  if (response.status !== 201 || token === null || !isRow(body) || !isRow(body['token'])) {
    throw new Unreachable(`${login.authUrl} answers ${response.status}, and not as Keystone v3 would`);
  }
  const url = endpointIn(body['token'], login);
  return { token, ...(url === undefined ? {} : { url }) };
}

/** The end point that was asked for; `UsageError` if the catalog has the service, but not there. */
function endpointIn(token: Row, login: KeystoneLogin): string | undefined {
  const service = rowsIn(token, 'catalog')?.find((each) => textOf(each, 'type') === 'network');
  if (service === undefined) return undefined;
  const endpoints = rowsIn(service, 'endpoints') ?? [];
  const fitting = endpoints.find(
    (each) =>
      textOf(each, 'interface') === login.interface &&
      (login.region === undefined || [textOf(each, 'region_id'), textOf(each, 'region')].includes(login.region)),
  );
  if (fitting !== undefined) return textOf(fitting, 'url');
  const place = login.region === undefined ? '' : ` in region ${login.region}`;
  throw new UsageError(`Keystone's catalog has no ${login.interface} end point of the service network${place}`);
}

async function ask(url: string, body: object): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      // A redirection would carry the password to a server that nobody named.
      redirect: 'manual',
      signal: AbortSignal.timeout(LIMIT_MS),
      headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  } catch (error) {
    throw new Unreachable(`cannot reach Keystone at ${url}: ${deepest(error)}`);
  }
}

async function parsed(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined; // whatever it is, it is not Keystone's
  }
}
