import { remoteMacListing } from '../../remote-macs/remote-mac.view.js';
import type { Noun } from '../noun.js';
import { integer, list, ip, nullable, oneOf, stationMac, text, time, uuid } from '../schema.js';
import { PROJECT } from './common.js';

const IP = { oneOf: [ip(), oneOf([''])], description: 'For ARP suppression; empty if not known.' };

export const remoteMac: Noun = {
  name: 'L2RemoteMac',
  says: 'remote MAC',
  singular: 'l2_remote_mac',
  plural: 'l2_remote_macs',
  creates: { attributes: ['mac', 'ipaddr', 'rgw_connection', 'project_id'], required: ['mac', 'rgw_connection'] },
  listing: remoteMacListing,
  bulk: true,
  routes: { 'POST ': { refers: true } },
  attributes: {
    id: uuid(),
    uuid: uuid('The same as `id`.'),
    mac: stationMac(),
    ipaddr: IP,
    ip_addr: IP,
    rgw_connection: uuid('The remote gateway connection behind which it is.'),
    remote_gateway_connection_id: uuid('The same as `rgw_connection`.'),
    network_id: uuid(),
    origin: oneOf(['admin', 'sync'], 'Who says so: an operator, or another cloud.'),
    state: oneOf(['active', 'pending', 'shadowed', 'stale', 'frozen'], 'Whether the switches of the network are told.'),
    reason: text('Why it is not active; empty if there is nothing to say.'),
    cloud: nullable(text('That says so.')),
    sequence: nullable(integer('How often it had moved between clouds then.')),
    path: list(text(), 'That cloud, and those that have passed it on; empty for what an operator states.'),
    ...PROJECT,
    created_at: time(),
  },
};
