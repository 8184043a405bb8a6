import { MAX_VNI } from '@l2gw/l2';
import { remoteConnectionResource } from '../../remote-gateways/remote-connection.body.js';
import { remoteConnectionListing } from '../../remote-gateways/remote-connection.view.js';
import type { Noun } from '../noun.js';
import { flag, integer, nullable, number, text, uuid } from '../schema.js';
import { CONNECTION_STATUS, NO_LIFE, PROJECT, STAMPS, STATUS_REASON, WAIT } from './common.js';

export const remoteConnection: Noun = {
  name: 'L2RemoteGatewayConnection',
  says: 'remote gateway connection',
  singular: 'l2_remote_gateway_connection',
  plural: 'l2_remote_gateway_connections',
  resource: remoteConnectionResource,
  listing: remoteConnectionListing(NO_LIFE),
  attributes: {
    id: uuid(),
    l2_gateway_id: uuid(),
    network_id: uuid(),
    remote_gateway_id: uuid(),
    segmentation_id: nullable(integer('The VNI over there.')),
    flood: flag('Broadcast, unknown unicast and multicast go there, too.'),
    gateway: uuid('The same as `l2_gateway_id`.'),
    network: uuid('The same as `network_id`.'),
    remote_gateway: uuid('The same as `remote_gateway_id`.'),
    seg_id: nullable(integer('The same as `segmentation_id`.')),
    ...PROJECT,
    status: CONNECTION_STATUS,
    status_reason: STATUS_REASON,
    ...STAMPS,
  },
  asked: {
    l2_gateway_id: text('Id or name.'),
    network_id: text('Id or name.'),
    remote_gateway_id: text('Id or name.'),
    segmentation_id: nullable(number('The VNI over there; the same as here if absent.', 1, MAX_VNI)),
    flood: { ...flag('False if absent.') },
  },
  routes: { 'POST ': { query: WAIT, refers: true }, 'GET :id': { query: WAIT } },
};
