import { MAX_VLAN } from '@l2gw/l2';
import { gatewayResource } from '../../gateways/gateway.body.js';
import { gatewayListing } from '../../gateways/gateway.view.js';
import type { Noun } from '../noun.js';
import { list, number, record, text, uuid } from '../schema.js';
import { PROJECT, STAMPS } from './common.js';

const VLAN = number('0: untagged.', 0, MAX_VLAN);
const WANTED_INTERFACE = record(
  {
    name: text('Of the port of the switch.', { minLength: 1, maxLength: 255 }),
    segmentation_id: { ...list(VLAN), minItems: 1 },
  },
  ['segmentation_id'],
);
const NAME = text('Name of the switch.', { minLength: 1, maxLength: 255 });

export const gateway: Noun = {
  name: 'L2Gateway',
  says: 'L2 gateway',
  singular: 'l2_gateway',
  plural: 'l2_gateways',
  resource: gatewayResource,
  listing: gatewayListing,
  attributes: {
    id: uuid(),
    name: text('Need not be unique.', { maxLength: 255 }),
    devices: list(
      record({
        device_name: NAME,
        id: uuid(),
        interfaces: list(record({ segmentation_id: list(text('A VLAN.', { example: '50' })), name: text() })),
      }),
      'Switches with the ports that belong to the gateway.',
    ),
    ...PROJECT,
    ...STAMPS,
  },
  asked: {
    devices: {
      ...list(record({ device_name: NAME, interfaces: { ...list(WANTED_INTERFACE), minItems: 1 } })),
      description:
        'All interfaces of a device name their VLANs, or none does. An update replaces those of each device that it names.',
      minItems: 1,
    },
  },
};
