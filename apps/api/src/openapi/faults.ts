import type { Noun, RouteNote } from './noun.js';
import type { Route } from './routes.js';

const MEANINGS = {
  400: 'The request makes no sense.',
  401: 'Nobody we know.',
  403: 'Not an administrator.',
  404: 'There is no such thing.',
  409: 'It conflicts with what is there.',
  412: 'It has another revision by now.',
  413: 'The body is too large.',
  415: 'The body is not JSON.',
  503: 'Something that is needed does not answer, or too many wait.',
  504: 'Who was asked did not answer in time: the agent of the switch, or remote-sync.',
} as const;

type Fault = keyof typeof MEANINGS;

/** The statuses of the faults that a route can answer with, and what they mean. */
export function faultsOf(
  route: Route,
  noun: Noun | undefined,
  note: Partial<RouteNote>,
): readonly (readonly [Fault, string])[] {
  if (route.home === '') return [];
  const changes = route.method !== 'GET';
  const isOfOne = route.home.includes(':') || route.below.includes(':');
  const can: Readonly<Record<Fault, boolean>> = {
    400: changes || note.query !== undefined,
    401: true,
    403: true,
    404: isOfOne || note.refers === true,
    409: changes && note.refused !== true,
    412: changes && note.refused !== true && dependsOnRevision(noun, route),
    413: note.request !== undefined,
    415: note.request !== undefined,
    503: true,
    504: /^:id\/(transactions|diff|statistics|resync|refresh|rib-in)$/.test(route.below),
  };
  return (Object.keys(MEANINGS).map(Number) as Fault[]).flatMap((fault) =>
    can[fault] ? [[fault, MEANINGS[fault]] as const] : [],
  );
}

/** Whether the route honours `If-Match`. */
export function dependsOnRevision(noun: Noun | undefined, { method, below }: Route): boolean {
  const changesOne = below === ':id' && (method === 'PUT' || method === 'DELETE');
  return changesOne && noun?.attributes['revision_number'] !== undefined;
}
