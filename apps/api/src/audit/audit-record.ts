/** A row of the audit trail. Texts that are not known are empty. */
export interface AuditRecord {
  readonly id: string;
  readonly at: Date;
  readonly request_id: string;
  /** By which OpenStack's services follow a request from one to the next. */
  readonly global_request_id: string;
  readonly user_id: string;
  readonly user_name: string;
  /** The caller's project, not the resource's. */
  readonly project_id: string;
  /** The client's IP address, or `nats`. */
  readonly source: string;
  readonly noun: string;
  readonly verb: string;
  readonly resource_id: string;
  readonly method: string;
  /** Over the bus: the subject. */
  readonly path: string;
  readonly status: number;
  readonly error_type: string;
  readonly attributes: unknown;
  readonly count: number;
  readonly admitted: boolean;
}
