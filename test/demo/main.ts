/**
 * The main job, shown and verified: the PLUMgrid specification's typical use case on a real PostgreSQL, a real nats-server and two
 * real `hardware_vtep` databases; then the network is shared with a second cloud. `--once` ends by itself, with status 0 only if `vtep-ctl` has confirmed every step.
 */
import { relative } from 'node:path';
import { binary } from '../harness/binaries.js';
import type { Cloud } from '../harness/cloud.js';
import { startPostgres } from '../harness/shared-postgres.js';
import { WholeCloud } from '../harness/whole-cloud.js';
import { runScenario } from './scenario.js';
import { say, title } from './screen.js';
import { FAR_SWITCH, runStretch } from './stretch-scenario.js';

const SWITCHES = [
  { name: 'tor-switch-1', tunnelIps: ['10.0.0.1'], ports: ['Ethernet40', 'Ethernet41'] },
  { name: 'tor-switch-2', tunnelIps: ['10.0.0.2'], ports: ['Ethernet40', 'Ethernet41'] },
];

const HERE = { id: 'here', name: 'demo', vtep: '10.0.0.1', switches: SWITCHES };
const THERE = {
  ...{ id: 'there', name: 'demo_there', vtep: '10.9.0.1' },
  switches: [{ name: FAR_SWITCH, tunnelIps: ['10.9.0.1'], ports: ['Ethernet1'] }],
};

void main(process.argv.includes('--once')).catch((error: unknown) => {
  console.error(error instanceof Error ? `\nThe demo failed: ${error.message}` : error);
  process.exitCode = 1;
});

async function main(once: boolean): Promise<void> {
  const interrupted = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  title('Starting PostgreSQL, nats-server, two emulated ToR switches, the API, two gateway-agents and remote-sync');
  const postgres = await startPostgres();
  const clouds: WholeCloud[] = [];
  try {
    const natsUrl = process.env['L2GW_NATS_URL'];
    const bus = natsUrl === undefined ? {} : { natsUrl };
    const databaseUrl = await postgres.createDatabase('demo');
    const here = await WholeCloud.start({ ...HERE, databaseUrl, ...bus });
    clouds.push(here);
    const connected = await runScenario(here.cloud);
    title('A second cloud: a database, a nats-server, a switch, the API, a gateway-agent and remote-sync of its own');
    const there = await WholeCloud.start({ ...THERE, databaseUrl: await postgres.createDatabase('demo_there') });
    clouds.push(there);
    await runStretch(here, there, connected);
    if (!once) await stayUp(here.cloud, interrupted);
  } finally {
    title('Stopping everything');
    for (const cloud of clouds) await cloud.stop();
    await postgres.stop();
  }
}

async function stayUp(cloud: Cloud, interrupted: Promise<void>): Promise<void> {
  title('Everything stays up until Ctrl-C');
  say(`API         ${cloud.api.url}/v2.0/l2-switches      (no token needed: it listens on loopback only)`);
  say(`PostgreSQL  ${cloud.databaseUrl}`);
  say(`NATS        ${cloud.natsUrl}`);
  for (const { name } of SWITCHES) {
    say(
      `${name}  ${relative(process.cwd(), binary('vtep-ctl')) || 'vtep-ctl'} --db=${cloud.tor(name).unixEndpoint} list-ls`,
    );
  }
  say('Break something: delete a row with vtep-ctl, and look again.');
  await interrupted;
}
