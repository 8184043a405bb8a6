import { eventually } from '../harness/eventually.js';
import { type AgentWorld, startAgentWorld } from './support/agent-world.js';
import { expectW1, N1, W1, wantW1 } from './support/wanted.js';

describe('A network that is connected to a switch', () => {
  let world: AgentWorld;

  beforeEach(async () => {
    world = await startAgentWorld();
  });
  afterEach(() => world?.stop());

  it('is there as wanted, and gone byte for byte when it is disconnected', async () => {
    const before = await world.tor.server.dump();
    await world.startConverged();
    await wantW1(world);
    await expectW1(world);
    world.want(N1, undefined);
    await eventually(async () => expect(await world.tor.server.dump()).toBe(before));
    await eventually(() => expect(world.confirmation(N1)).toBeUndefined());
  });
});
