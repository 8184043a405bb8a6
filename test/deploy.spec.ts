import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { switchClientId } from '@l2gw/contracts';
import { connect, type NatsConnection, nkeyAuthenticator } from 'nats';
import { repositoryRoot } from './harness/binaries.js';
import { eventually } from './harness/eventually.js';
import { type NatsServer, startNatsServer } from './harness/nats-server.js';
import { removeDirectory, temporaryDirectory } from './harness/temporary-directory.js';

const deploy = join(repositoryRoot, 'deploy');
const tor = switchClientId('tor-1');
const other = switchClientId('tor-2');

describe('The bus of deploy/nats', () => {
  let dir: string;
  let printed: string;
  let server: NatsServer;
  let api: NatsConnection;
  let agent: NatsConnection;
  let sync: NatsConnection;
  let south: NatsConnection;

  async function connectAs(seed: string, client: string): Promise<NatsConnection> {
    const authenticator = nkeyAuthenticator(readFileSync(join(dir, `${seed}.seed`)));
    // The server waits two seconds for who somebody is, and hangs up if this machine is busier than that.
    return eventually(() =>
      connect({ servers: server.url, authenticator, inboxPrefix: `_INBOX_${client}`, reconnect: false }),
    );
  }

  /** What the server refused this client, in its own words. */
  function refusalsOf(client: NatsConnection): string[] {
    const refusals: string[] = [];
    void (async () => {
      for await (const status of client.status()) refusals.push(JSON.stringify(status));
    })();
    return refusals;
  }

  beforeAll(async () => {
    dir = await temporaryDirectory('deploy');
    const env = { ...process.env, SECRETS_DIRECTORY: dir };
    printed = execFileSync(process.execPath, [join(deploy, 'prepare.mjs'), 'tor-1', 'peer:south'], {
      env,
      encoding: 'utf8',
    });
    copyFileSync(join(deploy, 'nats/peer-south.conf'), join(dir, 'peer-south.conf'));
    const config = readFileSync(join(deploy, 'nats/nats-server.conf'), 'utf8');
    server = await startNatsServer({ dir, config: config.replace('# { nkey: $SOUTH', '{ nkey: $$SOUTH') });
    api = await connectAs('api', 'api');
    agent = await connectAs('tor-1', tor);
    sync = await connectAs('sync', 'sync');
    south = await connectAs('south', 'south');
  });

  afterAll(async () => {
    await Promise.all([api, agent, sync, south].map((each) => each.close()));
    await server.stop();
    await removeDirectory(dir);
  });

  it('knows the switch of the example by the id its agent will use', () => {
    expect(printed).toContain(tor);
    expect(readFileSync(join(deploy, 'nats/nats-server.conf'), 'utf8')).toContain(tor);
  });

  it('carries an agent’s questions to the API and the answers back', async () => {
    api.subscribe('l2gw.v1.req.*.check', { callback: (_error, message) => message.respond('equal') });
    await api.flush();
    const answer = await agent.request(`l2gw.v1.req.${tor}.check`, '', { timeout: 5_000 });
    expect(answer.string()).toBe('equal');
  });

  it('carries tables down and life signs both ways', async () => {
    const heard: string[] = [];
    const hear = (_error: unknown, { subject }: { subject: string }): number => heard.push(subject);
    agent.subscribe(`l2gw.v1.table.switch.${tor}`, { callback: hear });
    agent.subscribe('l2gw.v1.table.network.>', { callback: hear });
    agent.subscribe('l2gw.v1.life.>', { callback: hear });
    await agent.flush();
    const told = [`l2gw.v1.table.switch.${tor}`, 'l2gw.v1.table.network.n1', 'l2gw.v1.life.api'];
    for (const subject of told) api.publish(subject);
    agent.publish(`l2gw.v1.life.${tor}`);
    await eventually(() => expect([...heard].sort()).toEqual([...told, `l2gw.v1.life.${tor}`].sort()));
  });

  it.each([
    `l2gw.v1.up.${other}.learned.${other}`,
    `l2gw.v1.req.${other}.check`,
    'l2gw.v1.table.network.n1',
    `_INBOX_${other}.x`,
  ])('does not let an agent say %s', async (subject) => {
    const refusals = refusalsOf(agent);
    agent.publish(subject);
    await eventually(() => expect(refusals.join()).toContain(subject));
  });

  it.each([`l2gw.v1.table.switch.${other}`, 'l2gw.v1.up.>', `_INBOX_${other}.>`, '>'])(
    'does not let an agent hear %s',
    async (subject) => {
      const refusals = refusalsOf(agent);
      agent.subscribe(subject, { callback: () => undefined });
      await eventually(() => expect(refusals.join()).toContain(subject));
    },
  );

  it('carries what two clouds share, both ways, with questions and answers', async () => {
    const heard: string[] = [];
    const hear = (_error: unknown, { subject }: { subject: string }): number => heard.push(subject);
    for (const [bus, own, other] of [
      [sync, 'north', 'south'],
      [south, 'south', 'north'],
    ] as const) {
      for (const what of [`table.stretch.${own}.seg-456`, `life.${own}`, `notice.${own}`])
        bus.subscribe(`l2gw.v1.cloud.${other}.${what}`, { callback: hear });
      bus.subscribe(`l2gw.v1.cloud.${own}.req.${other}.hello`, { callback: (_error, message) => message.respond(own) });
      await bus.flush();
    }
    const told = [sync, south].flatMap((bus) => {
      const [own, other] = bus === sync ? ['north', 'south'] : ['south', 'north'];
      return [`table.stretch.${other}.seg-456`, `life.${other}`, `notice.${other}`].map((what) => {
        bus.publish(`l2gw.v1.cloud.${own}.${what}`);
        return `l2gw.v1.cloud.${own}.${what}`;
      });
    });
    await eventually(() => expect([...heard].sort()).toEqual(told.sort()));
    const ask = async (bus: NatsConnection, own: string, other: string): Promise<string> =>
      (await bus.request(`l2gw.v1.cloud.${other}.req.${own}.hello`, '', { timeout: 5_000 })).string();
    expect([await ask(sync, 'north', 'south'), await ask(south, 'south', 'north')]).toEqual(['south', 'north']);
  });

  it('carries operators’ questions to remote-sync and the answers back', async () => {
    sync.subscribe('l2gw.v1.ask.sync.*', { callback: (_error, message) => message.respond('known') });
    await sync.flush();
    expect((await api.request('l2gw.v1.ask.sync.rib-in', '', { timeout: 5_000 })).string()).toBe('known');
  });

  it('lets remote-sync ask the API and push to it', async () => {
    api.subscribe('l2gw.v1.up.sync.>', { callback: (_error, message) => message.respond('taken') });
    await api.flush();
    expect((await sync.request('l2gw.v1.up.sync.sync-report', '', { timeout: 5_000 })).string()).toBe('taken');
  });

  it.each([
    'l2gw.v1.cloud.north.life.south',
    'l2gw.v1.cloud.east.life.north',
    'l2gw.v1.cloud.south.life.east',
    'l2gw.v1.cloud.north.req.east.check',
    'l2gw.v1.req.sync.open',
    'l2gw.v1.up.sync.sync-report',
    'l2gw.v1.ask.sync.refresh',
    '_INBOX_sync.x',
    '$JS.API.INFO',
  ])('does not let another cloud say %s', async (subject) => {
    const refusals = refusalsOf(south);
    south.publish(subject);
    await eventually(() => expect(refusals.join()).toContain(subject));
  });

  it.each(['l2gw.v1.cloud.north.table.stretch.east.*', 'l2gw.v1.table.>', 'l2gw.v1.cloud.>', '_INBOX_sync.>'])(
    'does not let another cloud hear %s',
    async (subject) => {
      const refusals = refusalsOf(south);
      south.subscribe(subject, { callback: () => undefined });
      await eventually(() => expect(refusals.join()).toContain(subject));
    },
  );

  it('does not let strangers in', async () => {
    await expect(connect({ servers: server.url, reconnect: false })).rejects.toThrow(/Authorization/i);
  });
});
