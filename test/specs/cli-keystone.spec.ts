import { runCli } from '../../apps/cli/test/run-cli.js';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { type KeystoneStandIn, startKeystone } from '../harness/keystone-stand-in.js';
import { secretFile } from './support/secret-file.js';

const USERS = [
  { name: 'l2gw', password: 'service secret', project: 'service', roles: ['service'] },
  { name: 'alice', password: 'open sesame', project: 'operators', roles: ['admin'] },
  { name: 'bob', password: 'bobs secret', project: 'demo', roles: ['member'] },
];

describe('A user of the client who has an OpenStack environment', () => {
  let keystone: KeystoneStandIn;
  let cloud: Cloud;
  beforeAll(async () => {
    keystone = await startKeystone(USERS);
    cloud = await startCloud({
      name: 'cli keystone',
      api: {
        L2GW_AUTH: 'keystone',
        L2GW_KEYSTONE_URL: keystone.url,
        L2GW_KEYSTONE_PASSWORD_FILE: await secretFile('service secret'),
      },
    });
    keystone.networkUrl = cloud.api.url;
  });
  afterAll(async () => {
    await cloud?.stop();
    await keystone?.server.stop();
  });

  const environment = (user: string, password: string) => ({
    OS_AUTH_URL: `${keystone.url}/v3`,
    OS_USERNAME: user,
    OS_PASSWORD: password,
    OS_PROJECT_NAME: 'operators',
    OS_USER_DOMAIN_NAME: 'Default',
    OS_PROJECT_DOMAIN_NAME: 'Default',
  });
  const create = ['l2-gateway-create', 'gw', '--device', 'name=tor-1,interface_names=eth1', '-f', 'json'];

  it('is logged in by his password, once, and led to the API by Keystone’s catalog', async () => {
    const before = keystone.logins;
    const made = await runCli(environment('alice', 'open sesame'), ...create);
    expect(made.status).toBe(0);
    expect(JSON.parse(made.stdout)).toMatchObject({ name: 'gw', tenant_id: 'id-of-operators' });
    // The other login is the API's own, to ask whether the token is good.
    expect(keystone.logins - before).toBeLessThanOrEqual(2);
  });

  it('may have an application credential instead', async () => {
    const env = {
      OS_AUTH_URL: keystone.url,
      OS_AUTH_TYPE: 'v3applicationcredential',
      OS_APPLICATION_CREDENTIAL_ID: 'alice',
      OS_APPLICATION_CREDENTIAL_SECRET: 'open sesame',
    };
    expect(await runCli(env, 'gateway', 'list', '-q')).toMatchObject({ status: 0 });
  });

  it('is told when Keystone does not know him, or the API does not let him in, and never shown his password', async () => {
    const wrong = await runCli(environment('alice', 'wrong secret'), 'gateway', 'list');
    expect(wrong).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^ERROR Unauthorized: Keystone at /) as string,
    });
    const bob = await runCli(environment('bob', 'bobs secret'), 'gateway', 'list');
    expect(bob).toMatchObject({ status: 1, stderr: expect.stringMatching(/^ERROR AdminRequired: /) as string });
    for (const { stdout, stderr } of [wrong, bob]) expect(stdout + stderr).not.toMatch(/secret/);
  });

  it('is told when Keystone has no end point of the kind that he asks for, or does not answer', async () => {
    const env = environment('alice', 'open sesame');
    expect(await runCli({ ...env, OS_REGION_NAME: 'Nowhere' }, 'gateway', 'list')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('no public end point of the service network in region Nowhere') as string,
    });
    expect(await runCli({ ...env, OS_AUTH_URL: 'http://127.0.0.1:9' }, 'gateway', 'list')).toMatchObject({
      status: 4,
      stderr: expect.stringMatching(/^ERROR Unreachable: cannot reach Keystone/) as string,
    });
  });
});
