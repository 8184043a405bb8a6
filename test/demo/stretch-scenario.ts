/** The network of the first scenario, shared with a second cloud: what is heard on a switch here is on the switch there. */
import { deepStrictEqual } from 'node:assert/strict';
import { eventually } from '../harness/eventually.js';
import type { WholeCloud } from '../harness/whole-cloud.js';
import type { Connected } from './scenario.js';
import { say, title } from './screen.js';

export const FAR_SWITCH = 'tor-switch-9';

const SEG_ID = 456;
const PLACE = { tor: FAR_SWITCH, port: 'Ethernet1', vlan: 70 };
const SERVER = { mac: '02:00:00:00:ba:1e', ip: '192.0.2.100' };
const FAR_SERVER = { mac: '02:00:00:00:ba:9e', ip: '192.0.2.190' };
const PATIENCE = { timeoutMs: 30_000 };

export async function runStretch(here: WholeCloud, there: WholeCloud, { network, gateway }: Connected): Promise<void> {
  title(`Each cloud is told of the other; network1 is shared under number ${SEG_ID}`);
  await there.knowsPorts(FAR_SWITCH, 1);
  for (const [cloud, switches] of [
    [here, ['tor-switch-1', 'tor-switch-2']],
    [there, [FAR_SWITCH]],
  ] as const) {
    for (const name of switches)
      await cloud.api.put(`/v2.0/l2-switches/${name}`, { l2_switch: { capabilities: ['tunnel_key'] } });
  }
  await here.meet(there, [there.cloud.natsUrl]);
  await there.meet(here);
  await here.stretch(there, SEG_ID, { network, gateway });
  const far = await there.share(here, SEG_ID, PLACE);
  say(
    `VNI ${far.vni} there; ${here.id} dials ${there.id}'s nats-server, each batch is signed by the cloud that it comes from`,
  );

  title('The bare-metal server that tor-switch-1 has heard is on the switch of the other cloud');
  const begun = performance.now();
  await eventually(async () => {
    const found = (await there.tor(FAR_SWITCH).remoteMacs(far.id)).find(({ mac }) => mac === SERVER.mac);
    deepStrictEqual(found, { ...SERVER, vtepIp: here.vtep, tunnelKey: SEG_ID });
  }, PATIENCE);
  say(
    `after ${Math.round(performance.now() - begun)} ms: ${SERVER.mac}  ${SERVER.ip} → ${here.vtep}, tunnel key ${SEG_ID}`,
  );

  title(`A server speaks behind ${FAR_SWITCH}`);
  const heard = performance.now();
  await there.tor(FAR_SWITCH).learn(far.id, FAR_SERVER.mac, FAR_SERVER.ip);
  for (const tor of ['tor-switch-1', 'tor-switch-2']) {
    await eventually(async () => {
      const found = (await here.tor(tor).remoteMacs(network)).find(({ mac }) => mac === FAR_SERVER.mac);
      deepStrictEqual(found, { ...FAR_SERVER, vtepIp: there.vtep, tunnelKey: SEG_ID });
    }, PATIENCE);
  }
  say(`${Math.round(performance.now() - heard)} ms later both switches here have it: ${FAR_SERVER.ip} → ${there.vtep}`);
  title('Verified through vtep-ctl: the switches of both clouds reach the servers of the other');
}
