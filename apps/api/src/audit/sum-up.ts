import type { AuditRecord } from './audit-record.js';
import { timedUuid } from './timed-uuid.js';

/** Requests that were refused for the same reason are one kind. */
export function kindOf({ status, error_type, admitted }: AuditRecord): string {
  return `${status} ${error_type} ${admitted}`;
}

/** One row for two: what they have in common, and how many requests they stand for. */
export function sumUp(one: AuditRecord, other: AuditRecord): AuditRecord {
  const same = (name: 'user_id' | 'user_name' | 'project_id' | 'source' | 'noun' | 'verb' | 'method' | 'path') =>
    one[name] === other[name] ? one[name] : '';
  return {
    id: timedUuid(other.at),
    at: other.at,
    request_id: '',
    global_request_id: '',
    user_id: same('user_id'),
    user_name: same('user_name'),
    project_id: same('project_id'),
    source: same('source'),
    noun: same('noun'),
    verb: same('verb'),
    resource_id: '',
    method: same('method'),
    path: same('path'),
    status: other.status,
    error_type: other.error_type,
    attributes: null,
    count: one.count + other.count,
    admitted: other.admitted,
  };
}
