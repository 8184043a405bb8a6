import { type Certificate, selfSignedCertificate } from '../harness/certificate.js';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';
import { type IssuerStandIn, startIssuer } from '../harness/issuer-stand-in.js';
import { type KeystoneStandIn, startKeystone } from '../harness/keystone-stand-in.js';
import { secretFile } from './support/secret-file.js';

const USERS = [
  { name: 'l2gw', password: 'service secret', project: 'service', roles: ['service'] },
  { name: 'alice', password: 'open sesame', project: 'operators', roles: ['admin'] },
];

describe('An API that speaks TLS with those who know its callers', () => {
  let certificate: Certificate;
  let keystone: KeystoneStandIn;
  let issuer: IssuerStandIn;
  let cloud: Cloud;
  beforeAll(async () => {
    certificate = await selfSignedCertificate();
    keystone = await startKeystone(USERS, certificate);
    issuer = await startIssuer(certificate);
    cloud = await startCloud({ name: 'auth tls', replicas: 0 });
  });
  afterAll(async () => {
    await cloud?.stop();
    await keystone?.server.stop();
    await issuer?.server.stop();
  });

  const statusAt = async (settings: Record<string, string>, token: string) => {
    const replica = await cloud.startApi(settings);
    const { status } = await fetch(`${replica.url}/v2.0/networks`, { headers: { 'X-Auth-Token': token } });
    return { status, replica };
  };
  const byKeystone = async () => ({
    L2GW_AUTH: 'keystone',
    L2GW_KEYSTONE_URL: keystone.url,
    L2GW_KEYSTONE_PASSWORD_FILE: await secretFile('service secret'),
  });
  const byOidc = () => ({ L2GW_AUTH: 'oidc', L2GW_OIDC_ISSUER: issuer.url, L2GW_OIDC_AUDIENCE: 'l2gw' });
  const signed = () => issuer.sign({ realm_access: { roles: ['l2gw-admin'] } });

  it('trusts the authority that it is told', async () => {
    const ca = certificate.certFile;
    const settings = { ...(await byKeystone()), L2GW_KEYSTONE_CA_FILE: ca };
    expect(await statusAt(settings, keystone.issue('alice'))).toMatchObject({ status: 200 });
    expect(await statusAt({ ...byOidc(), L2GW_OIDC_CA_FILE: ca }, await signed())).toMatchObject({ status: 200 });
    const keys = `${issuer.url}/keys`;
    expect(
      await statusAt({ ...byOidc(), L2GW_OIDC_CA_FILE: ca, L2GW_OIDC_JWKS_URL: keys }, await signed()),
    ).toMatchObject({ status: 200 });
  });

  it('trusts no other, sends no secret, and says what is wrong', async () => {
    const before = keystone.logins;
    const refuses = async (settings: Record<string, string>, token: string) => {
      const { status, replica } = await statusAt(settings, token);
      expect(status).toBe(503);
      await eventually(() => expect(replica.output).toMatch(/self-signed certificate.*identity-unavailable/));
    };
    await refuses(await byKeystone(), keystone.issue('alice'));
    await refuses(byOidc(), await signed());
    expect(keystone.logins).toBe(before);
  });
});
