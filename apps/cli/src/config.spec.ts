import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from './config.js';

const directory = mkdtempSync(join(tmpdir(), 'l2gw-cli-'));
function tokenFile(content: string): string {
  const path = join(directory, `token-${content.length}`);
  writeFileSync(path, content);
  return path;
}

describe('The API is found', () => {
  const OPENSTACK = { OS_ENDPOINT: 'http://cloud:9696/', OS_TOKEN: 'os-token' };
  const file = tokenFile('from-file\n');

  it.each([
    ['nowhere but here, when nothing is said', {}, {}, { url: 'http://127.0.0.1:9696' }],
    ['by OS_ENDPOINT and OS_TOKEN', OPENSTACK, {}, { url: 'http://cloud:9696', token: 'os-token' }],
    ['by OS_URL', { OS_URL: 'https://cloud/network/v2.0/' }, {}, { url: 'https://cloud/network' }],
    ['without a token by OS_AUTH_TYPE=none', { ...OPENSTACK, OS_AUTH_TYPE: 'none' }, {}, { url: 'http://cloud:9696' }],
    [
      'by L2GW_API_URL, to which OS_TOKEN does not go',
      { ...OPENSTACK, L2GW_API_URL: 'http://a' },
      {},
      { url: 'http://a' },
    ],
    ['by --url first of all', { ...OPENSTACK, L2GW_API_URL: 'http://a' }, { url: 'http://b' }, { url: 'http://b' }],
    [
      'with the token of L2GW_TOKEN_FILE',
      { L2GW_TOKEN_FILE: file, L2GW_API_URL: 'http://a' },
      {},
      { url: 'http://a', token: 'from-file' },
    ],
    [
      'with the token of --token-file',
      { ...OPENSTACK, L2GW_TOKEN_FILE: '/nowhere' },
      { tokenFile: file },
      { url: 'http://cloud:9696', token: 'from-file' },
    ],
    [
      'as if variables without a value were not there',
      { OS_ENDPOINT: '', L2GW_API_URL: '' },
      {},
      { url: 'http://127.0.0.1:9696' },
    ],
  ])('%s', (_, env, flags, settings) => {
    expect(loadConfig(env, flags)).toEqual(settings);
  });

  it.each([
    ['a URL that is none', {}, { url: 'cloud:9696' }, 'is not http://… or https://…'],
    ['a password in the URL', {}, { url: 'http://me:secret@cloud' }, 'must not carry a name or password'],
    ['a token file that is not there', {}, { tokenFile: '/nowhere' }, 'the token file cannot be read'],
    ['a token of two lines', {}, { tokenFile: tokenFile('secret\nsecret') }, 'characters that cannot be sent'],
    ['an empty token', {}, { tokenFile: tokenFile(' ') }, 'the token is empty'],
    ['Keystone without a password', { OS_AUTH_URL: 'http://k' }, {}, 'OS_AUTH_URL is set, so OS_PASSWORD must be, too'],
    ['Keystone without a user', { OS_AUTH_URL: 'http://k', OS_PASSWORD: 'secret' }, {}, 'so OS_USERNAME must be, too'],
    [
      'Keystone at no URL',
      { OS_AUTH_URL: 'k:5000', OS_PASSWORD: 'secret' },
      {},
      'OS_AUTH_URL is not http://… or https://…',
    ],
    [
      'a way into Keystone that we do not know',
      { OS_AUTH_URL: 'http://k', OS_AUTH_TYPE: 'v3oidc' },
      {},
      'is not one of password',
    ],
    [
      'an authority that only this client would know',
      { OS_AUTH_URL: 'https://k', OS_PASSWORD: 'secret', OS_CACERT: '/ca' },
      {},
      'name the same file in NODE_EXTRA_CA_CERTS',
    ],
  ])('but not by %s', (_, env, flags, message) => {
    const load = () => loadConfig(env, flags);
    expect(load).toThrow(message);
    expect(load).not.toThrow(/secret/);
  });
});

describe('Keystone is asked', () => {
  const PASSWORD = { OS_AUTH_URL: 'http://k:5000/v3/', OS_USERNAME: 'me', OS_PASSWORD: 'secret', OS_PROJECT_NAME: 'p' };
  const user = { name: 'me', domain: { id: 'default' }, password: 'secret' };
  const scope = { project: { name: 'p', domain: { id: 'default' } } };

  it.each([
    [
      'with a password, as every OpenStack client reads it',
      PASSWORD,
      { url: '', identity: { methods: ['password'], password: { user } }, scope, interface: 'public' },
    ],
    [
      'in other domains, for another end point',
      {
        ...PASSWORD,
        OS_USER_DOMAIN_NAME: 'D',
        OS_PROJECT_DOMAIN_ID: 'd',
        OS_REGION_NAME: 'R',
        OS_INTERFACE: 'internalURL',
        OS_ENDPOINT_OVERRIDE: 'http://cloud:9696/v2.0',
      },
      {
        url: 'http://cloud:9696',
        identity: { methods: ['password'], password: { user: { ...user, domain: { name: 'D' } } } },
        scope: { project: { name: 'p', domain: { id: 'd' } } },
        interface: 'internal',
        region: 'R',
      },
    ],
    [
      'with an application credential, which has a scope of its own',
      {
        ...PASSWORD,
        OS_AUTH_TYPE: 'v3applicationcredential',
        OS_APPLICATION_CREDENTIAL_ID: 'id',
        OS_APPLICATION_CREDENTIAL_SECRET: 's',
      },
      {
        url: '',
        identity: { methods: ['application_credential'], application_credential: { id: 'id', secret: 's' } },
        interface: 'public',
      },
    ],
    [
      'for another token with a token',
      { OS_AUTH_URL: 'http://k:5000', OS_AUTH_TYPE: 'v3token', OS_TOKEN: 't', OS_PROJECT_ID: 'p' },
      {
        url: '',
        identity: { methods: ['token'], token: { id: 't' } },
        scope: { project: { id: 'p' } },
        interface: 'public',
      },
    ],
  ])('%s', (_, env, { url, ...login }) => {
    expect(loadConfig(env, {})).toEqual({ url, keystone: { authUrl: 'http://k:5000', ...login } });
  });

  it('by nobody who has said where the API is, or has a token', () => {
    expect(loadConfig(PASSWORD, { url: 'http://a' })).toEqual({ url: 'http://a' });
    expect(loadConfig({ ...PASSWORD, OS_AUTH_TYPE: 'none', OS_ENDPOINT: 'http://a' }, {})).toEqual({ url: 'http://a' });
  });
});
