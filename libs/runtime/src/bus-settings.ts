import type { Settings } from './settings.js';

/** How a program reaches its NATS servers; secrets are contents, not paths. */
export interface BusSettings {
  readonly servers: readonly string[];
  readonly token?: string;
  readonly nkeySeed?: string;
  readonly creds?: string;
  readonly tls?: { readonly caFile?: string; readonly certFile?: string; readonly keyFile?: string };
}

export function readBusSettings(settings: Settings): BusSettings {
  const token = settings.secret('L2GW_NATS_TOKEN_FILE');
  const nkeySeed = settings.secret('L2GW_NATS_NKEY_SEED_FILE');
  const creds = settings.secret('L2GW_NATS_CREDS_FILE');
  const caFile = settings.optional('L2GW_NATS_CA_FILE');
  const certFile = settings.optional('L2GW_NATS_CERT_FILE');
  const keyFile = settings.optional('L2GW_NATS_KEY_FILE');
  const tls = { ...(caFile && { caFile }), ...(certFile && { certFile }), ...(keyFile && { keyFile }) };
  return {
    servers: settings.text('L2GW_NATS_URL', 'nats://127.0.0.1:4222').split(','),
    ...(token && { token }),
    ...(nkeySeed && { nkeySeed }),
    ...(creds && { creds }),
    ...(Object.keys(tls).length > 0 && { tls }),
  };
}
