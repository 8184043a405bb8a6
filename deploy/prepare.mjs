/**
 * Makes what a deployment must not share with any other, once, in deploy/secrets: nkeys for the bus, the first API token,
 * the database password, the key of this cloud. `node deploy/prepare.mjs [switch name …] [peer:CLOUD …]`; what is already there stays
 * as it is.
 */
import { createHash, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { nkeys } from 'nats';

const isPeer = (name) => name.startsWith('peer:');
const named = process.argv.slice(2).filter((name) => !isPeer(name));
const switches = named.length > 0 ? named : ['tor-1'];
const peers = process.argv.slice(2).filter(isPeer);
// Another folder is for trying it out.
const folder = process.env.SECRETS_DIRECTORY ?? resolve(import.meta.dirname, 'secrets');
mkdirSync(folder, { recursive: true, mode: 0o700 });

publicKey('api');
publicKey('sync');
for (const name of peers.map((peer) => peer.slice('peer:'.length))) {
  publicKey(name);
  console.log(`cloud ${name}: give its operator the seed in ${join(folder, `${name}.seed`)}`);
}
for (const name of switches) {
  publicKey(name);
  console.log(`switch ${name}: client id ${switchClientId(name)}, seed in ${join(folder, `${name}.seed`)}`);
}
writeFileSync(join(folder, 'keys.conf'), publicKeys());

const token = once('api-token', () => `${randomBytes(24).toString('hex')}\n`).trim();
once('api-tokens', () => `${createHash('sha256').update(token).digest('hex')} admin\n`);
once('compose.env', () => `L2GW_DATABASE_PASSWORD=${randomBytes(16).toString('hex')}\n`);
const cloudKey = once('cloud.key', () =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }),
);
const { x } = createPublicKey(cloudKey).export({ format: 'jwk' });
console.log(`the public key of this cloud, for its peers: ${Buffer.from(x, 'base64url').toString('base64')}`);
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
