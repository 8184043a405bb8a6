import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BusOptions } from '@l2gw/bus';

export type Credentials = Pick<BusOptions, 'nkeySeed' | 'creds' | 'tls'>;

/** One file below the directory, and nothing beside it. */
const NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/**
 * What a peer's bus wants to see: `<name>` is an nkey seed or a `.creds` file of the NATS tools, `<name>.ca` beside it the authority of
 * its TLS certificate, if there is one. Throws an error that names the file, never what is in it.
 */
export function readCredentials(secretsDir: string | undefined, name: string | undefined): Credentials {
  if (name === undefined) return {};
  if (secretsDir === undefined) throw new Error(`L2GW_SYNC_SECRETS_DIR is not set, so there is no secret ${name}`);
  if (!NAME.test(name)) throw new Error(`not the name of a secret: ${JSON.stringify(name)}`);
  const path = join(secretsDir, name);
  if (!existsSync(path)) throw new Error(`there is no secret ${name} below L2GW_SYNC_SECRETS_DIR`);
  const caFile = `${path}.ca`;
  const text = readFileSync(path, 'utf8').trim();
  const identity = text.includes('-----BEGIN NATS USER JWT-----') ? { creds: text } : { nkeySeed: text };
  return { ...identity, ...(existsSync(caFile) ? { tls: { caFile } } : {}) };
}
