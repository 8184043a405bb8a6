import { AsyncLocalStorage } from 'node:async_hooks';
import type { Caller } from '../http/caller.js';
import type { AuditRecord } from './audit-record.js';
import type { ChangeName } from './name-change.js';
import { storableText, summarise } from './summarise.js';
import { timedUuid } from './timed-uuid.js';

/** What is known when a request comes in. */
export interface Arrival {
  readonly requestId: string;
  readonly globalRequestId: string;
  readonly source: string;
  readonly method: string;
  readonly path: string;
  readonly name: ChangeName;
}

/** What is known when it has found who will answer it. */
export interface Route {
  /** The name that RPC has for it: `noun.verb`. */
  readonly pattern: string | undefined;
  readonly changes: boolean;
  /** Of the answer if all goes well. */
  readonly status: number;
  readonly body: unknown;
  /** Of the resource, where the path did not have it. */
  readonly id: string;
}

export interface Outcome {
  readonly status: number;
  readonly errorType: string;
}

const LONGEST = 512;
const trails = new AsyncLocalStorage<AuditTrail>();

/**
 * Follows one request through everything that it calls, so that whoever commits what it changes can write the request's row in
 * the same transaction. Once written, it is not written again.
 */
export class AuditTrail {
  private route: Route;
  private caller: Caller | undefined;
  private written = false;

  constructor(
    private readonly arrival: Arrival,
    changes: 'changes' | 'reads' = 'changes',
  ) {
    this.route = { pattern: undefined, changes: changes === 'changes', status: 200, body: undefined, id: '' };
  }

  /** The trail of the request that the calling code works for. */
  static current(): AuditTrail | undefined {
    return trails.getStore();
  }

  follow<Result>(work: () => Result): Result {
    return trails.run(this, work);
  }

  routed(route: Route): void {
    this.route = route;
  }

  /** Called before it is asked whether the caller may do what he wants. */
  identified(caller: Caller): void {
    this.caller = caller;
  }

  settled(): void {
    this.written = true;
  }

  get admitted(): boolean {
    return this.caller?.admin === true;
  }

  /** The row that is still to be written, if any. `made`: what the use case has answered; its id is the resource's. */
  pending(made?: unknown, outcome?: Outcome): readonly AuditRecord[] {
    if (!this.route.changes || this.written) return [];
    const at = new Date();
    const { requestId, globalRequestId, source, method, path } = this.arrival;
    return [
      {
        id: timedUuid(at),
        at,
        request_id: requestId,
        global_request_id: globalRequestId,
        ...who(this.caller),
        source,
        ...this.what(made),
        method,
        path: shortened(path),
        status: outcome?.status ?? this.route.status,
        error_type: outcome?.errorType ?? '',
        attributes: this.admitted ? summarise(this.route.body) : null,
        count: 1,
        admitted: this.admitted,
      },
    ];
  }

  private what(made: unknown): Pick<AuditRecord, 'noun' | 'verb' | 'resource_id'> {
    const { name } = this.arrival;
    const [noun = '', verb = ''] = this.route.pattern?.split('.') ?? [name.noun, name.verb];
    return { noun: shortened(noun), verb, resource_id: shortened(name.resourceId || this.route.id || idOf(made)) };
  }
}

function who(caller: Caller | undefined): Pick<AuditRecord, 'user_id' | 'user_name' | 'project_id'> {
  return {
    user_id: storableText(caller?.userId ?? ''),
    user_name: storableText(caller?.user ?? ''),
    project_id: storableText(caller?.projectId ?? ''),
  };
}

function shortened(text: string): string {
  return storableText(text.slice(0, LONGEST));
}

/** Of one thing, or of a list of one. */
function idOf(made: unknown): string {
  const [only, ...others] = Array.isArray(made) ? (made as unknown[]) : [made];
  if (others.length > 0 || typeof only !== 'object' || only === null || !('id' in only)) return '';
  return String(only.id);
}
