/** A resource as its status is now. */
export interface Statused {
  readonly id: string;
  readonly network_id?: string;
  readonly status: string;
  readonly status_reason: string;
  readonly faults?: readonly string[];
  readonly revision: number;
}

/** One network on one switch, by its client id; without a network, all of them and the switch itself. */
export interface StatusKey {
  readonly switch: string;
  readonly network?: string;
}

/** Where the statuses of one noun are read from. Each module adds its own to the `StatusWatch`. */
export interface StatusSource {
  readonly noun: 'connection' | 'remote-connection' | 'switch';
  /** Those that hang on any of these. */
  of(keys: readonly StatusKey[]): Promise<readonly Statused[]>;
  /** In order of their ids, those that come after `id`, from the first if there is none; so many at the most. */
  after(id: string | undefined, most: number): Promise<readonly Statused[]>;
}
