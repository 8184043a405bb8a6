import { MAX_VLAN } from '@l2gw/l2';
import { connectionResource } from '../../connections/connection.body.js';
import { connectionListing } from '../../connections/connection.view.js';
import type { Noun } from '../noun.js';
import { type Schema, number, oneOf, text, uuid } from '../schema.js';
import { CONNECTION_STATUS, NO_LIFE, PROJECT, STAMPS, STATUS_REASON, WAIT } from './common.js';

const VLAN: Schema = {
  type: ['integer', 'string'],
  description: 'VLAN of the interfaces that name none; empty for none. A POST is answered with what it had.',
};

const WANTED_VLAN: Schema = {
  oneOf: [number('0: untagged.', 0, MAX_VLAN), oneOf([''])],
  description: 'VLAN of the interfaces that name none.',
};

export const connection: Noun = {
  name: 'L2GatewayConnection',
  says: 'connection of a network to an L2 gateway',
  singular: 'l2_gateway_connection',
  plural: 'l2_gateway_connections',
  resource: connectionResource,
  listing: connectionListing(NO_LIFE),
  attributes: {
    id: uuid(),
    network_id: uuid(),
    l2_gateway_id: uuid(),
    segmentation_id: VLAN,
    ...PROJECT,
    port_id: uuid('The port that stands for it in the network.'),
    status: CONNECTION_STATUS,
    status_reason: STATUS_REASON,
    ...STAMPS,
  },
  asked: { network_id: text(), l2_gateway_id: text(), segmentation_id: WANTED_VLAN },
  routes: { 'POST ': { query: WAIT, refers: true }, 'GET :id': { query: WAIT } },
};
