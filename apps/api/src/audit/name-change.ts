/** What a change is called before anything is known but its method and its path; RPC's names are better and go before. */
export interface ChangeName {
  readonly noun: string;
  readonly verb: string;
  readonly resourceId: string;
}

const VERBS: ReadonlyMap<string, string> = new Map([
  ['POST', 'create'],
  ['PUT', 'update'],
  ['DELETE', 'delete'],
]);

/** `PUT /v2.0/l2-gateways/X` → gateway, update, X. What lies below a thing is named with it: `network/tags`. */
export function nameChange(method: string, path: string): ChangeName {
  const [, , collection = '', resourceId = '', below] = path.split('/');
  const noun = nounOf(collection);
  return {
    noun: below === undefined ? noun : `${noun}/${below}`,
    verb: VERBS.get(method) ?? method.toLowerCase(),
    resourceId: decoded(resourceId),
  };
}

function nounOf(collection: string): string {
  return collection
    .replace(/^l2-/, '')
    .replace(/^gateway-(?=connections$)/, '')
    .replace(/(?<=ch)es$|s$/, '');
}

/** As it stands where it is not a valid escape. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // the request will be refused for it
  }
}
