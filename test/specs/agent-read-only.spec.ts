import { eventually } from '../harness/eventually.js';
import { type OvsdbServer, startOvsdbServer } from '../harness/ovsdb-server.js';
import { type AgentWorld, startAgentWorld } from './support/agent-world.js';

describe('A switch whose database is a standby, which lets itself only be read', () => {
  let world: AgentWorld;
  let standby: OvsdbServer;

  beforeAll(async () => {
    world = await startAgentWorld();
    standby = await startOvsdbServer({ args: [`--sync-from=${world.tor.tcpEndpoint}`] });
    await eventually(async () => expect(await standby.dump()).toMatch(/tor1/));
  });

  afterAll(async () => {
    await world.stop();
    await standby.stop();
  });

  it('is not taken over, because it refuses the lock; the agent says so and tries ever more seldom', async () => {
    const agent = await world.startAgent(standby.unixEndpoint);
    const began = performance.now();
    const downs = (): readonly object[] => agent.events.filter(({ event }) => event === 'switch-down');
    await eventually(() => expect(downs().length).toBeGreaterThanOrEqual(5));
    expect(performance.now() - began).toBeGreaterThan(50 + 100 + 200 + 400);
    expect(downs()[0]).toMatchObject({ reason: expect.stringMatching(/DB server is read only/) });
    expect(agent.saw('switch-active')).toBe(false);
    expect(world.sessions).toBe(0);
  });
});
