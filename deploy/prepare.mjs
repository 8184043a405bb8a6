/**
 * Makes what a deployment must not share with any other, once, in deploy/secrets: nkeys for the bus, the first API token,
 * the database password. `node deploy/prepare.mjs [switch name …]`; what is already there stays as it is.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { nkeys } from 'nats';

const named = process.argv.slice(2);
const switches = named.length > 0 ? named : ['tor-1'];
// Another folder is for trying it out.
const folder = process.env.SECRETS_DIRECTORY ?? resolve(import.meta.dirname, 'secrets');
mkdirSync(folder, { recursive: true, mode: 0o700 });

publicKey('api');
for (const name of switches) {
  publicKey(name);
  console.log(`switch ${name}: client id ${switchClientId(name)}, seed in ${join(folder, `${name}.seed`)}`);
}
writeFileSync(join(folder, 'keys.conf'), publicKeys());

const token = once('api-token', () => `${randomBytes(24).toString('hex')}\n`).trim();
once('api-tokens', () => `${createHash('sha256').update(token).digest('hex')} admin\n`);
once('compose.env', () => `L2GW_DATABASE_PASSWORD=${randomBytes(16).toString('hex')}\n`);
console.log(`the API's first token is in ${join(folder, 'api-token')}`);

function publicKey(name) {
  const seed = once(`${name}.seed`, () => new TextDecoder().decode(nkeys.createUser().getSeed()));
  return nkeys.fromSeed(new TextEncoder().encode(seed.trim())).getPublicKey();
}

/** `TOR_1_KEY: U…`, one line for every seed there is. */
function publicKeys() {
  const names = readdirSync(folder).flatMap((file) => (file.endsWith('.seed') ? [file.slice(0, -'.seed'.length)] : []));
  return names.map((name) => `${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_KEY: ${publicKey(name)}\n`).join('');
}

/** Readable for the containers' users; the folder keeps everybody else of this machine out. */
function once(name, make) {
  const path = join(folder, name);
  if (!existsSync(path)) writeFileSync(path, make(), { mode: 0o444 });
  return readFileSync(path, 'utf8');
}

/** As libs/contracts/src/client-id.ts computes it; a spec compares the two. */
function switchClientId(name) {
  return `sw-${createHash('sha256').update(`l2gw switch ${name}`).digest('hex').slice(0, 20)}`;
}
