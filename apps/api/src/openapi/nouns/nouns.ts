import type { Noun } from '../noun.js';
import { agent } from './agent.js';
import { audit } from './audit.js';
import { connection } from './connection.js';
import { events } from './events.js';
import { extension, root, serviceProvider } from './discovery.js';
import { explanation } from './explanation.js';
import { gateway } from './gateway.js';
import { network } from './network.js';
import { port } from './port.js';
import { quota } from './quota.js';
import { remoteConnection } from './remote-connection.js';
import { remoteGateway } from './remote-gateway.js';
import { remoteMac } from './remote-mac.js';
import { subnet } from './subnet.js';
import { l2Switch } from './switch.js';
import { syncConflict } from './sync-conflict.js';
import { syncPeer } from './sync-peer.js';
import { tagsOf } from './tags.js';

/** What is told about each noun, by the path of its controller. A new noun takes its place here. */
export const NOUNS: Readonly<Record<string, Noun>> = {
  '': root,
  'v2.0/networks': network,
  'v2.0/networks/:id/tags': tagsOf('network'),
  'v2.0/subnets': subnet,
  'v2.0/subnets/:id/tags': tagsOf('subnet'),
  'v2.0/ports': port,
  'v2.0/ports/:id/tags': tagsOf('port'),
  'v2.0/agents': agent,
  'v2.0/l2-gateways': gateway,
  'v2.0/l2-gateway-connections': connection,
  'v2.0/l2-remote-gateways': remoteGateway,
  'v2.0/l2-remote-gateway-connections': remoteConnection,
  'v2.0/l2-remote-macs': remoteMac,
  'v2.0/l2-sync-peers': syncPeer,
  'v2.0/l2-sync-conflicts': syncConflict,
  'v2.0/l2-switches': l2Switch,
  'v2.0/l2-audit': audit,
  'v2.0/l2-events': events,
  'v2.0/quotas': quota,
  'v2.0/l2-explain': explanation,
  'v2.0/extensions': extension,
  'v2.0/service-providers': serviceProvider,
};
