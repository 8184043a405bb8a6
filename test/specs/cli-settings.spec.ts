import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Environment, runCli } from '../../apps/cli/test/run-cli.js';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { removeDirectory, temporaryDirectory } from '../harness/temporary-directory.js';

const TOKEN = 'correct horse battery staple';

describe('The command-line client', () => {
  let cloud: Cloud;
  let directory: string;
  let file: string;
  beforeAll(async () => {
    directory = await temporaryDirectory('cli');
    file = join(directory, 'token');
    writeFileSync(file, `${TOKEN}\n`);
    const tokens = join(directory, 'tokens');
    writeFileSync(tokens, `${createHash('sha256').update(TOKEN).digest('hex')} alice project-a\n`);
    cloud = await startCloud({ name: 'cli settings', api: { L2GW_AUTH: 'token', L2GW_AUTH_TOKENS_FILE: tokens } });
  });
  afterAll(async () => {
    await cloud?.stop();
    await removeDirectory(directory);
  });

  const environments: readonly (readonly [string, () => Environment])[] = [
    ['L2GW_TOKEN_FILE', () => ({ L2GW_API_URL: cloud.api.url, L2GW_TOKEN_FILE: file })],
    ['OS_TOKEN', () => ({ OS_ENDPOINT: `${cloud.api.url}/v2.0/`, OS_TOKEN: TOKEN })],
    ['OS_TOKEN with OS_URL', () => ({ OS_AUTH_TYPE: 'admin_token', OS_URL: cloud.api.url, OS_TOKEN: TOKEN })],
  ];

  it.each(environments)('is let in with %s', async (_, env) => {
    expect(await runCli(env(), 'l2-gateway-list', '-f', 'json')).toEqual({ status: 0, stdout: '[]\n', stderr: '' });
  });

  it('is let in with --token-file, wherever it stands', async () => {
    const flags = ['--url', cloud.api.url, '--token-file', file, '-f', 'json'];
    expect(await runCli({}, ...flags, 'network', 'list')).toMatchObject({ status: 0, stdout: '[]\n' });
    expect(await runCli({}, 'network', 'list', ...flags)).toMatchObject({ status: 0, stdout: '[]\n' });
  });

  it('is not let in without a token, and sends OS_TOKEN nowhere but to OS_ENDPOINT', async () => {
    const refused = { status: 1, stderr: expect.stringMatching(/^ERROR Unauthorized: /) };
    expect(await runCli({ L2GW_API_URL: cloud.api.url }, 'gateway', 'list')).toMatchObject(refused);
    expect(await runCli({ L2GW_API_URL: cloud.api.url, OS_TOKEN: TOKEN }, 'gateway', 'list')).toMatchObject(refused);
  });

  it.each([
    ['a wrong one', 'guess-me', 1],
    ['one that cannot be sent', 'guess\u0007me', 2],
  ])('never prints a token, not even %s', async (_, token, status) => {
    const run = await runCli({ OS_ENDPOINT: cloud.api.url, OS_TOKEN: token }, 'gateway', 'list');
    expect(run.status).toBe(status);
    expect(run.stdout + run.stderr).not.toContain('guess');
  });

  it('says so when nobody answers', async () => {
    expect(await runCli({ L2GW_API_URL: 'http://127.0.0.1:1' }, 'gateway', 'list')).toEqual({
      status: 4,
      stdout: '',
      stderr: expect.stringMatching(/^ERROR Unreachable: cannot reach http:\/\/127\.0\.0\.1:1: .+\n$/),
    });
  });

  it.each([
    ['without a command', []],
    ['an unknown command', ['gateway', 'bogus']],
    ['an unknown option', ['gateway', 'list', '--bogus']],
    ['an argument too many', ['gateway', 'show', 'a', 'b']],
    ['an argument too few', ['l2-gateway-connection-create', 'a']],
    ['an unknown format', ['gateway', 'list', '-f', 'xml']],
    ['a device that is none', ['l2-gateway-create', 'a', '--device', 'tor1']],
    ['no device at all', ['l2-gateway-create', 'a']],
    ['an update of nothing', ['l2-gateway-update', 'a']],
    ['an empty name', ['l2-gateway-delete', '']],
    ['a URL that is none', ['--url', 'cloud', 'gateway', 'list']],
    ['an IP that is none', ['l2-remote-gateway-create', 'rgw', '10.0.0']],
    ['a MAC that is none', ['l2-remote-mac-create', '00:11:22;1.2.3.4', 'x']],
    ['a tunnel key that is none', ['l2-remote-gateway-connection-create', 'a', 'b', 'c', '--seg-id', '0']],
    ['neither True nor False', ['l2-remote-gateway-connection-create', 'a', 'b', 'c', '--flood', 'maybe']],
  ])('refuses %s with status 2', async (_, argv) => {
    const { status, stdout, stderr } = await runCli({}, ...argv);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(argv.length === 0 ? /^Usage: / : /^ERROR usage: /);
  });

  it.each([['--help'], ['--version']])('answers %s with status 0', async (flag) => {
    const { status, stderr } = await runCli({}, flag);
    expect([status, stderr]).toEqual([0, '']);
  });

  it('looks at a whole file of MACs before it sends any', async () => {
    const macs = join(directory, 'macs.csv');
    const run = (...flags: string[]) =>
      runCli({}, 'remote-mac', 'import', macs, '--remote-connection', 'x', '-f', 'json', ...flags);
    writeFileSync(macs, '00:00:00:00:00:01\nzz\n00:00:00:00:00:01\n');
    expect(await run()).toEqual({
      status: 2,
      stdout: '',
      stderr: `ERROR usage: nothing was sent, because ${macs} is wrong in
  line 2: not a MAC address: "zz"
  line 3: 00:00:00:00:00:01 stands already on line 1
`,
    });
    writeFileSync(macs, '00:00:00:00:00:01\n00:00:00:00:00:02,192.0.2.1\n');
    const { status, stdout } = await run('--dry-run');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ macs: 2, batches: 1, remote_connection: 'x', imported: 0 });
    expect(await run('--dry-run', '--quiet')).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});
