import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { Cli } from '../../apps/cli/test/run-cli.js';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';
import { startTcpProxy, type TcpProxy } from '../harness/tcp-proxy.js';

const MAC = '02:00:00:00:00:01';
const MAIN = join(__dirname, '../../dist/apps/cli/main.js');

/** `l2gw watch` as it runs, to be ended by the spec. */
class Watch {
  stdout = '';
  stderr = '';
  private readonly child: ChildProcess;

  constructor(url: string, ...argv: readonly string[]) {
    const env = { PATH: process.env['PATH'], L2GW_API_URL: url };
    this.child = spawn(process.execPath, [MAIN, 'watch', ...argv], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout?.on('data', (chunk) => (this.stdout += String(chunk)));
    this.child.stderr?.on('data', (chunk) => (this.stderr += String(chunk)));
  }

  stop(): void {
    this.child.kill();
  }
}

describe('On the command line', () => {
  let cloud: Cloud;
  let cli: Cli;
  let proxy: TcpProxy;
  let network: string;
  const watches: Watch[] = [];
  beforeAll(async () => {
    cloud = await startCloud({
      name: 'cli watch',
      switches: [{ name: 'tor-1', tunnelIps: ['10.0.0.1'], ports: ['Ethernet1'] }],
    });
    cli = new Cli(cloud.api.url);
    proxy = await startTcpProxy({ host: '127.0.0.1', port: Number(new URL(cloud.api.url).port) });
    await cloud.api.registerHost('host-1', '10.0.0.11');
    ({ id: network } = await cloud.api.createNetwork({ name: 'blue' }));
    await eventually(async () => {
      const { l2_switch } = (await cloud.api.get('/v2.0/l2-switches/tor-1')) as { l2_switch: { ports: unknown[] } };
      expect(l2_switch.ports).toHaveLength(1);
    });
    await cli.ok('gateway', 'create', 'gw', '--device', 'name=tor-1,interface_names=Ethernet1');
    await cli.ok('connection', 'create', 'gw', 'blue', '--default-segmentation-id', '100', '--wait');
    await cloud.api.createPort({ network_id: network, mac_address: MAC, 'binding:host_id': 'host-1' });
  });
  afterEach(() => {
    for (const watch of watches.splice(0)) watch.stop();
  });
  afterAll(async () => {
    await proxy?.stop();
    await cloud?.stop();
  });

  const watch = (url: string, ...argv: readonly string[]) => {
    const started = new Watch(url, ...argv);
    watches.push(started);
    return started;
  };
  /** Something happens again and again until the watch has seen it: nobody can tell when it has begun. */
  const until = (see: () => void) =>
    eventually(async () => {
      await cloud.api.put(`/v2.0/networks/${network}`, { network: { description: 'x' } });
      see();
    });

  it('it is explained where a MAC is: in a sentence, with those who claim it, and with the switches', async () => {
    await eventually(async () =>
      expect(await cli.ok('explain', MAC, '--network', 'blue')).toContain(
        `Network blue (${network}): ${MAC} is behind 10.0.0.11: nobody else claims it and leads to a VTEP.\n`,
      ),
    );
    const text = await cli.ok('explain', MAC);
    expect(text).toMatch(/\| \* +\| port +\| host-1 +\| 10\.0\.0\.11 +\|/);
    expect(text).toMatch(/\| tor-1 +\| 10\.0\.0\.11 +\| ACTIVE +\|/);
    expect(text).toMatch(/\| host-1 +\| 10\.0\.0\.11 +\| \(behind itself\) +\|/);
    expect(await cli.json('explain', MAC, '--network', network)).toMatchObject([
      { mac: MAC, network_id: network, chosen: { vtep: '10.0.0.11', rule: 'only' } },
    ]);
  });

  it('a MAC that nobody claims is not found, and what is no MAC is refused', async () => {
    expect(await cli.run('explain', '02:00:00:00:00:99')).toEqual({
      status: 3,
      stdout: '',
      stderr: 'ERROR NotFound: Nobody claims 02:00:00:00:00:99 in any network.\n',
    });
    expect(await cli.run('explain', 'hello')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^ERROR HTTPBadRequest: .*'hello' is not a valid IP address/),
    });
  });

  it('events are printed as they come: a line each, or an object each', async () => {
    const [lines, objects] = [watch(cloud.api.url), watch(cloud.api.url, '--noun', 'network', '-f', 'json')];
    await until(() => {
      expect(lines.stdout).toMatch(new RegExp(`^20\\S+Z {2}network {2}updated {2}${network} `, 'm'));
      expect(objects.stdout).toMatch(/\n$/);
    });
    const [first = ''] = objects.stdout.split('\n');
    expect(JSON.parse(first)).toMatchObject({ noun: 'network', change: 'updated', id: network });
    expect(lines.stderr).toBe('');
  });

  it('as many events as were asked for, of the network that was asked for', async () => {
    const run = cli.run('watch', '--network', 'blue', '--count', '2', '-q');
    let ended = false;
    void run.finally(() => (ended = true));
    await until(() => expect(ended).toBe(true));
    expect(await run).toEqual({ status: 0, stdout: `${network}\n${network}\n`, stderr: '' });
  });

  it('a noun that there is not is refused, and an API that is not there is said to be so', async () => {
    expect(await cli.run('watch', '--noun', 'conection')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^ERROR HTTPBadRequest: Invalid input for noun/),
    });
    expect(await new Cli('http://127.0.0.1:1').run('watch')).toMatchObject({ status: 4 });
  });

  it('a stream that breaks off is said to have done so, and taken up again without a gap', async () => {
    const held = watch(`http://127.0.0.1:${proxy.port}`, '--noun', 'port', '-f', 'json');
    const port = await cloud.api.createPort({ network_id: network });
    await eventually(async () => {
      await cloud.api.put(`/v2.0/ports/${port}`, { port: { name: 'again' } });
      expect(held.stdout).toContain(port);
    });
    proxy.cut();
    await eventually(() => expect(held.stderr).toMatch(/trying again in 1 s\n/));
    const missed = await cloud.api.createPort({ network_id: network });
    await eventually(() => expect(held.stderr).toMatch(/connected again\n$/));
    await eventually(() => expect(held.stdout).toContain(missed));
    expect(held.stderr).not.toMatch(/list again/);
  });
});
