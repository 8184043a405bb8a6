import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeDirectory, temporaryDirectory } from '../../../test/harness/temporary-directory.js';
import { loadConfig, publicKeyOf } from './config.js';

describe('The configuration of remote-sync', () => {
  let dir: string;
  let keyFile: string;

  beforeAll(async () => {
    dir = await temporaryDirectory('sync-config');
    keyFile = join(dir, 'key.pem');
    await writeFile(keyFile, generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }));
  });

  afterAll(() => removeDirectory(dir));

  it('needs the key of this cloud, nothing else', () => {
    const config = loadConfig({ L2GW_SYNC_KEY_FILE: keyFile }, []);
    expect(config).toMatchObject({ secretsDir: undefined, http: undefined, logLevel: 'info' });
    expect(config.key.publicKey).toBe(publicKeyOf({ L2GW_SYNC_KEY_FILE: keyFile, L2GW_NATS_URL: 'nats://bus' }));
  });

  it('names everything that is wrong at once, and never what is in the file', async () => {
    const wrong = join(dir, 'wrong');
    await writeFile(wrong, 'my secret');
    expect(() => loadConfig({ L2GW_LOG_LEVEL: 'loud' }, [])).toThrow(
      /L2GW_SYNC_KEY_FILE is not set\n.*L2GW_LOG_LEVEL is not one of/,
    );
    expect(() => loadConfig({ L2GW_SYNC_KEY_FILE: wrong }, [])).toThrow(
      /^configuration:\n {2}L2GW_SYNC_KEY_FILE: not an Ed25519 private key, neither as PEM nor as 32 bytes in base64$/,
    );
  });
});
