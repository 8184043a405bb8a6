/** How a program reaches the bus. Secrets are contents, not paths, and appear in no message of ours. */
export interface BusOptions {
  /** `nats://host:port`, any of them. */
  readonly servers: readonly string[];
  /** The id of this program: its name on the servers and the prefix of its inboxes. */
  readonly client: string;
  readonly token?: string;
  readonly user?: string;
  readonly password?: string;
  readonly nkeySeed?: string;
  /** Content of a `.creds` file (JWT and seed). */
  readonly creds?: string;
  /** Read again at each connect, so that renewed certificates are taken up. An empty object: TLS with the system's authorities. */
  readonly tls?: { readonly caFile?: string; readonly certFile?: string; readonly keyFile?: string };
  /** `wait`: try until a server is there. `fail`: reject if none is. Default `wait`. */
  readonly firstConnect?: 'wait' | 'fail';
  /** Gives up waiting for the first connection. */
  readonly signal?: AbortSignal;
  /** First pause before a server is tried again; it doubles up to `mostReconnectMs`. Default 250 ms. */
  readonly reconnectMs?: number;
  /** Default 5 s. */
  readonly mostReconnectMs?: number;
  /** A server that does not answer two of these in a row is gone. Default 5 s. */
  readonly pingMs?: number;
  /** Refused subjects, rejected handlers, failed attempts to connect: nothing that the caller of a method learns anyway. */
  readonly onError?: (error: unknown) => void;
}
