import { accessSync, constants } from 'node:fs';
import { type Endpoint, isSecured, type OwnCertificate, type TlsSettings, type Trust } from '@l2gw/ovsdb';
import type { Settings, Variable } from '@l2gw/runtime';

const VARIABLES_OF_TLS: readonly Variable[] = [
  'L2GW_OVSDB_CA_FILE',
  'L2GW_OVSDB_CA_BOOTSTRAP_FILE',
  'L2GW_OVSDB_CERT_FILE',
  'L2GW_OVSDB_KEY_FILE',
  'L2GW_OVSDB_PEER_NAME',
];

/** What is said of TLS with the switch; nothing if its endpoint has none. The files are read again for every session. */
export function readSwitchTls(settings: Settings, endpoint: Endpoint): TlsSettings | undefined {
  if (!isSecured(endpoint)) return refuseAll(settings, endpoint);
  const own = readOwn(settings);
  if (own === undefined && endpoint.kind === 'pssl') {
    settings.refuse('L2GW_OVSDB_CERT_FILE and L2GW_OVSDB_KEY_FILE are needed for pssl:');
  }
  return { trust: readTrust(settings, endpoint), own, peerName: settings.optional('L2GW_OVSDB_PEER_NAME') };
}

function refuseAll(settings: Settings, { kind }: Endpoint): undefined {
  for (const name of VARIABLES_OF_TLS) {
    if (settings.optional(name) !== undefined) settings.refuse(`${name} is for ssl: and pssl:, not for ${kind}:`);
  }
}

function readTrust(settings: Settings, { kind }: Endpoint): Trust {
  const caFile = readable(settings, 'L2GW_OVSDB_CA_FILE');
  const pinFile = settings.optional('L2GW_OVSDB_CA_BOOTSTRAP_FILE'); // made by the agent
  const either = 'L2GW_OVSDB_CA_FILE or L2GW_OVSDB_CA_BOOTSTRAP_FILE';
  if (caFile === undefined && pinFile === undefined) settings.refuse(`${either} is needed for ${kind}:`);
  if (caFile !== undefined && pinFile !== undefined) settings.refuse(`${either}: one of them, not both`);
  return pinFile === undefined ? { kind: 'authority', caFile: caFile ?? '' } : { kind: 'first-seen', pinFile };
}

function readOwn(settings: Settings): OwnCertificate | undefined {
  const certFile = readable(settings, 'L2GW_OVSDB_CERT_FILE');
  const keyFile = readable(settings, 'L2GW_OVSDB_KEY_FILE');
  if (certFile === undefined && keyFile === undefined) return undefined;
  if (certFile === undefined) settings.refuse('L2GW_OVSDB_CERT_FILE is not set, but L2GW_OVSDB_KEY_FILE is');
  if (keyFile === undefined) settings.refuse('L2GW_OVSDB_KEY_FILE is not set, but L2GW_OVSDB_CERT_FILE is');
  return { certFile: certFile ?? '', keyFile: keyFile ?? '' };
}

/** A file that cannot be read now is a mistake to be told at once; what is in it shows when the switch is spoken to. */
function readable(settings: Settings, name: Variable): string | undefined {
  const path = settings.optional(name);
  if (path === undefined) return undefined;
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    settings.refuse(`${name} names a file that cannot be read: ${words}`);
  }
  return path;
}
