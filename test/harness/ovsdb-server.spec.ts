import { existsSync } from 'node:fs';
import { acceptsConnections } from './tcp-port.js';
import { type OvsdbServer, startOvsdbServer } from './ovsdb-server.js';

const insertLogicalSwitch = (name: string): object => ({ op: 'insert', table: 'Logical_Switch', row: { name } });

describe('The ovsdb-server of the harness', () => {
  let server: OvsdbServer;

  beforeEach(async () => {
    server = await startOvsdbServer({
      physicalSwitches: [{ name: 'tor-1', tunnelIps: ['10.0.0.1'], ports: ['eth1', 'eth2'] }],
    });
  });

  afterEach(() => server.stop());

  it('carries the switch in its inventory and answers on both endpoints', async () => {
    const dump = await server.dump();
    expect(dump).toMatch(/tor-1/);
    expect(dump).toMatch(/eth2/);
    expect(await acceptsConnections(server.tcpPort)).toBe(true);
    expect(server.tcpEndpoint).toBe(`tcp:127.0.0.1:${server.tcpPort}`);
  });

  it('dumps the same text for the same content, and another one after a change', async () => {
    const before = await server.dump();
    expect(await server.dump()).toBe(before);
    await server.transact([insertLogicalSwitch('network-1')]);
    expect(await server.dump()).not.toBe(before);
  });

  it('keeps its content and its port when it is restarted', async () => {
    const { tcpPort, unixEndpoint } = server;
    const before = await server.dump();
    await server.restart();
    expect(await server.dump()).toBe(before);
    expect(server).toMatchObject({ tcpPort, unixEndpoint });
  });

  it('keeps its content when it crashed', async () => {
    await server.transact([insertLogicalSwitch('network-1')]);
    const before = await server.dump();
    await server.kill();
    expect(await acceptsConnections(server.tcpPort)).toBe(false);
    await server.restart();
    expect(await server.dump()).toBe(before);
  });

  it('is empty, at the same endpoints, after it was wiped', async () => {
    const { tcpPort } = server;
    await server.wipe();
    expect(await server.dump()).not.toMatch(/tor-1/);
    expect(await acceptsConnections(tcpPort)).toBe(true);
  });

  it('says why a transaction failed', async () => {
    await server.transact([insertLogicalSwitch('twice')]);
    await expect(server.transact([insertLogicalSwitch('twice')])).rejects.toThrow(/constraint violation/);
  });

  it('takes its folder with it when it is stopped', async () => {
    await server.stop();
    expect(existsSync(server.dir)).toBe(false);
  });
});

it('An ovsdb-server without a database serves only its own', async () => {
  const server = await startOvsdbServer({ schema: 'none' });
  await expect(server.dump()).rejects.toThrow(/hardware_vtep/);
  await server.stop();
});
