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
    [
      'a password for Keystone',
      { OS_AUTH_TYPE: 'password', OS_AUTH_URL: 'http://k' },
      {},
      'OS_AUTH_TYPE=password needs Keystone',
    ],
    ['Keystone', { OS_AUTH_URL: 'http://k', OS_TOKEN: 'secret' }, {}, 'set OS_ENDPOINT or L2GW_API_URL'],
  ])('but not by %s', (_, env, flags, message) => {
    const load = () => loadConfig(env, flags);
    expect(load).toThrow(message);
    expect(load).not.toThrow(/secret/);
  });
});
