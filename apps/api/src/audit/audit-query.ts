import { badRequest } from '../http/neutron-error.js';
import { type ListQuery, readListQuery } from '../http/list-query.js';

/** A list of the audit trail: one page, the newest first unless another order is asked for. */
export interface AuditQuery {
  readonly list: ListQuery;
  readonly span: { readonly since?: Date; readonly until?: Date };
}

/** The trail may be long; who wants more follows the link to the next page. */
const PAGE = 1000;
const TIME = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(?<zone>Z|[+-]\d\d:?\d\d)?)?$/;
const DATE_LENGTH = 10;

/** Throws `NeutronError` 400 for a time that is none, and for whatever `readListQuery` refuses. */
export function readAuditQuery(query: URLSearchParams): AuditQuery {
  const list = readListQuery(query);
  const since = readTime('since', query);
  const until = readTime('until', query);
  return {
    list: {
      ...list,
      sort: list.sort.length > 0 ? list.sort : [{ key: 'at', descending: true }],
      limit: Math.min(list.limit ?? PAGE, PAGE),
    },
    span: { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) },
  };
}

/** UTC where no offset is given. */
function readTime(name: 'since' | 'until', query: URLSearchParams): Date | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const read = TIME.exec(text);
  const zone = read?.groups?.['zone'] === undefined && text.length > DATE_LENGTH ? 'Z' : '';
  const time = read === null ? NaN : Date.parse(`${text.replace(' ', 'T')}${zone}`);
  if (Number.isNaN(time)) throw badRequest(`Invalid input for ${name}. Reason: '${text}' is not a time (ISO 8601).`);
  return new Date(time);
}
