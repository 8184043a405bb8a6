import { type KeystoneStandIn, startKeystone } from '../../../../test/harness/keystone-stand-in.js';
import { IdentityServer, IdentityServerFailure } from './identity-server.js';
import { ServiceToken } from './service-token.js';

const HOUR_MS = 3_600_000;

describe("The API's own token", () => {
  let keystone: KeystoneStandIn;
  let now: number;
  beforeEach(async () => {
    keystone = await startKeystone([{ name: 'l2gw', password: 'right', project: 'service', roles: ['service'] }]);
    now = Date.now();
  });
  afterEach(() => keystone.server.stop());

  const tokenBy = (secret: string) =>
    new ServiceToken(
      new IdentityServer(keystone.url),
      { kind: 'application credential', id: 'l2gw', secret },
      () => now,
    );

  it('is renewed before it expires, and not before', async () => {
    const token = tokenBy('right');
    const first = await token.get();
    now += HOUR_MS - 62_000;
    expect(await token.get()).toBe(first);
    now += 4000;
    expect(await token.get()).not.toBe(first);
    expect(keystone.logins).toBe(2);
  });

  it('is got by one login, however many need it', async () => {
    const token = tokenBy('right');
    const all = await Promise.all(Array.from({ length: 20 }, () => token.get()));
    expect(new Set(all).size).toBe(1);
    const renewed = await Promise.all(all.map((refused) => token.renewed(refused)));
    expect(new Set([...all, ...renewed]).size).toBe(2);
    expect(keystone.logins).toBe(2);
  });

  it('is asked for again some seconds after a failure only', async () => {
    const token = tokenBy('wrong');
    for (let attempt = 0; attempt < 5; attempt += 1) await expect(token.get()).rejects.toThrow(IdentityServerFailure);
    expect(keystone.logins).toBe(1);
    now += 5000;
    await expect(token.get()).rejects.toThrow('Keystone does not let the API log in: status 401');
    expect(keystone.logins).toBe(2);
  });
});
