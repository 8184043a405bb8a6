import { runTool } from '../harness/run-tool.js';
import { binary } from '../harness/binaries.js';
import { type Authority, type Certificate, createAuthority } from '../harness/certificates.js';
import { eventually } from '../harness/eventually.js';
import { tlsArguments } from '../harness/ovsdb-server.js';
import { type AgentWorld, type RunningAgent, startAgentWorld } from './support/agent-world.js';
import { expectW1, wantW1 } from './support/wanted.js';

describe('An agent whose switch speaks TLS', () => {
  let authority: Authority;
  let forSwitch: Certificate;
  let forAgent: Certificate;
  let world: AgentWorld | undefined;

  beforeAll(async () => {
    authority = await createAuthority('our authority');
    [forSwitch, forAgent] = await Promise.all([authority.issue('tor1'), authority.issue('agent')]);
  });

  afterEach(() => world?.stop());
  afterAll(() => authority.remove());

  const tls = () => ({ trust: { kind: 'authority', caFile: authority.caFile }, own: forAgent }) as const;

  it('dials it, and programs it as any other', async () => {
    const own = (world = await startAgentWorld({ server: { tls: { ...forSwitch, caFile: authority.caFile } } }));
    await own.startConverged(own.tor.server.sslEndpoint, tls());
    await wantW1(own);
    await expectW1(own);
  });

  it('says in its log why it does not trust it, and does not work with it', async () => {
    const own = (world = await startAgentWorld({ server: { tls: { ...forSwitch, caFile: authority.caFile } } }));
    const agent = await own.startAgent(own.tor.server.sslEndpoint, { ...tls(), peerName: 'tor2' });
    const reason = expect.stringMatching(/certificate of ssl:.* \(CN=tor1\) is not one for tor2/);
    await eventually(() => expect(agent.events).toContainEqual({ event: 'switch-down', reason }));
    expect(agent.saw('switch-active')).toBe(false);
  });

  it('is dialled by it, as its operator has told it with vtep-ctl, and again after a restart of the agent', async () => {
    const keys = tlsArguments({ ...forSwitch, caFile: authority.caFile });
    const managed = ['--remote=db:hardware_vtep,Global,managers', ...keys];
    const own = (world = await startAgentWorld({ server: { tcp: false, args: managed } }));
    const first = await own.startAgent('pssl:0:127.0.0.1', tls());
    const port = await portOf(first);
    await runTool(binary('vtep-ctl'), [`--db=${own.tor.unixEndpoint}`, 'set-manager', `ssl:127.0.0.1:${port}`]);
    await eventually(() => expect(first.saw('converged')).toBe(true));
    await wantW1(own);
    await expectW1(own);

    await first.stop();
    const before = await own.tor.server.dump();
    const second = await own.startAgent(`pssl:${port}:127.0.0.1`, tls());
    await eventually(() => expect(second.saw('converged')).toBe(true));
    await expectW1(own);
    expect(withoutStatus(await own.tor.server.dump())).toBe(withoutStatus(before));
  });
});

function portOf(agent: RunningAgent): Promise<number> {
  return eventually(() => {
    const port = agent.events.find(({ event }) => event === 'ovsdb-listening')?.['port'];
    if (typeof port !== 'number') throw new Error('the agent does not listen');
    return port;
  });
}

/** What the server itself writes of its managers changes with every session. */
function withoutStatus(dump: string): string {
  return dump.replace(/^Manager table[^]*?\n\n/m, '');
}
