/** What an operator says of TLS: where certificates are, and whom to trust. */

/** Files in PEM. They are read for every session anew, so that a certificate can be replaced while the program runs. */
export interface TlsSettings {
  readonly trust: Trust;
  /** Our own certificate, with its chain; needed where this side waits, or the other side asks for one. */
  readonly own?: OwnCertificate | undefined;
  /** A name that the peer's certificate must carry. Switches' certificates rarely do, so that by default none is asked for. */
  readonly peerName?: string | undefined;
}

/**
 * `authority`: whoever these certificates vouch for. `first-seen`: whoever comes first; the chain that it shows is
 * stored in the file and required from then on, as `--bootstrap-ca-cert` of ovsdb-server(1) does.
 */
export type Trust =
  { readonly kind: 'authority'; readonly caFile: string } | { readonly kind: 'first-seen'; readonly pinFile: string };

export interface OwnCertificate {
  readonly certFile: string;
  readonly keyFile: string;
}
