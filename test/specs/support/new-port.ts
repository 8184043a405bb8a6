/** A port as the inventory stores it, on the host `host-1`; what a specification does not speak of is empty. */
import { randomUUID } from 'node:crypto';
import type { NewPort } from '../../../apps/api/src/inventory/port-store.js';

export const portOf = (network: string, mac: string, more: Partial<NewPort> = {}): NewPort => ({
  id: randomUUID(),
  network_id: network,
  name: '',
  description: '',
  project_id: 'p',
  mac_address: mac,
  fixed_ips: [],
  allowed_address_pairs: [],
  host_id: 'host-1',
  vnic_type: 'normal',
  profile: {},
  device_id: '',
  device_owner: '',
  admin_state_up: true,
  extras: {},
  ...more,
});
