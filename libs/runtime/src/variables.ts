/** Every `L2GW_…` variable that a program of the product knows; anything else with this prefix is refused as a typing error. */
export const VARIABLES = [
  'L2GW_API_URL',
  'L2GW_AUTH',
  'L2GW_AUTH_TOKENS_FILE',
  'L2GW_DATABASE_URL',
  'L2GW_DATABASE_CA_FILE',
  'L2GW_DATABASE_POOL',
  'L2GW_HTTP_LISTEN',
  'L2GW_LOG_LEVEL',
  'L2GW_MOST_WAITERS',
  'L2GW_NATS_CA_FILE',
  'L2GW_NATS_CERT_FILE',
  'L2GW_NATS_CREDS_FILE',
  'L2GW_NATS_KEY_FILE',
  'L2GW_NATS_NKEY_SEED_FILE',
  'L2GW_NATS_TOKEN_FILE',
  'L2GW_NATS_URL',
  'L2GW_OVSDB_ENDPOINT',
  'L2GW_OVSDB_PROBE_MS',
  'L2GW_REPLICATION',
  'L2GW_STATE_DIR',
  'L2GW_SWITCH_NAME',
  'L2GW_TOKEN_FILE',
  'L2GW_VNI_RANGE',
] as const;

export type Variable = (typeof VARIABLES)[number];
