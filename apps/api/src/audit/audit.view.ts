import type { Listing } from '../http/listing.js';
import type { AuditRecord } from './audit-record.js';

function auditView(row: AuditRecord): Readonly<Record<string, unknown>> {
  return {
    id: row.id,
    at: row.at.toISOString(),
    request_id: row.request_id,
    global_request_id: row.global_request_id,
    user_id: row.user_id,
    user_name: row.user_name,
    project_id: row.project_id,
    source: row.source,
    noun: row.noun,
    verb: row.verb,
    resource_id: row.resource_id,
    method: row.method,
    path: row.path,
    status: row.status,
    error_type: row.error_type,
    attributes: row.attributes,
    count: row.count,
  };
}

/** What happened in a span of time, from its first moment to the one before its last. */
export function auditListing({ since, until }: { readonly since?: Date; readonly until?: Date }): Listing<AuditRecord> {
  const bounds = [
    ...(since === undefined ? [] : [`at >= '${since.toISOString()}'`]),
    ...(until === undefined ? [] : [`at < '${until.toISOString()}'`]),
  ];
  return {
    from: bounds.length === 0 ? 'audit' : `(SELECT * FROM audit WHERE ${bounds.join(' AND ')})`,
    path: '/v2.0/l2-audit',
    plural: 'l2_audit',
    attributes: {
      id: 'listed.id',
      at: 'listed.at',
      request_id: 'listed.request_id',
      global_request_id: 'listed.global_request_id',
      user_id: 'listed.user_id',
      user_name: 'listed.user_name',
      project_id: 'listed.project_id',
      tenant_id: 'listed.project_id',
      source: 'listed.source',
      noun: 'listed.noun',
      verb: 'listed.verb',
      resource_id: 'listed.resource_id',
      method: 'listed.method',
      path: 'listed.path',
      status: 'listed.status',
      error_type: 'listed.error_type',
    },
    view: auditView,
  };
}
