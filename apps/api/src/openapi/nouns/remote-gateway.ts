import { remoteGatewayResource } from '../../remote-gateways/remote-gateway.body.js';
import { remoteGatewayListing } from '../../remote-gateways/remote-gateway.view.js';
import type { Noun } from '../noun.js';
import { oneOf, text, uuid, vtepIp } from '../schema.js';
import { NO_LIFE, PROJECT, STAMPS, STATUS_REASON } from './common.js';

export const remoteGateway: Noun = {
  name: 'L2RemoteGateway',
  says: 'remote gateway',
  singular: 'l2_remote_gateway',
  plural: 'l2_remote_gateways',
  resource: remoteGatewayResource,
  listing: remoteGatewayListing(NO_LIFE),
  attributes: {
    id: uuid(),
    name: text('', { maxLength: 255 }),
    ipaddr: vtepIp('Of the other cloud.'),
    ...PROJECT,
    status: oneOf(['UNUSED', 'BUILD', 'ACTIVE', 'DEGRADED', 'ERROR'], 'That of everything that leads there.'),
    status_reason: STATUS_REASON,
    ...STAMPS,
  },
};
