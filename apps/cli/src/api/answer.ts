/** Reads what came back over HTTP: the JSON of a success, or the failure that it is. */
import { Refused, type RefusedItem, Unreachable } from '../failures.js';
import { isRow, textOf } from './row.js';

/** A proxy's way to say that the API behind it does not answer. */
const GATEWAY_FAULTS = [502, 503, 504];

/** Throws `Refused` with the API's own type and words, or `Unreachable` if this was not the API. */
export function readAnswer(url: string, status: number, text: string): unknown {
  const json = parsed(text);
  if (status >= 200 && status < 300) {
    if (text === '') return {};
    if (json === undefined) throw new Unreachable(`${url} answers ${status} with something that is not JSON`);
    return json;
  }
  const error = isRow(json) ? json['NeutronError'] : undefined;
  if (isRow(error)) throw refusal(error, status);
  throw strange(url, status);
}

function refusal(error: Readonly<Record<string, unknown>>, status: number): Refused {
  const words = [textOf(error, 'message'), textOf(error, 'detail')].filter((each) => each !== '');
  return new Refused(textOf(error, 'type') || `HTTP${status}`, words.join('\n'), status, itemsOf(error['items']));
}

function itemsOf(items: unknown): readonly RefusedItem[] {
  if (!Array.isArray(items)) return [];
  return items.filter(isRow).map((item) => ({ index: Number(item['index']), message: textOf(item, 'message') }));
}

/** Not in Neutron's shape, so it comes from something in between. */
function strange(url: string, status: number): Refused | Unreachable {
  if (GATEWAY_FAULTS.includes(status)) return new Unreachable(`${url} answers ${status}: the API behind it is down`);
  if (status >= 300 && status < 400) return new Unreachable(`${url} redirects elsewhere; name the API's own URL`);
  return new Refused(`HTTP${status}`, `${url} answers ${status}`, status);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // whatever it is, it is not the API's
  }
}
