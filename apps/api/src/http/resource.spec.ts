import 'reflect-metadata';
import { portResource } from '../inventory/port.body.js';
import { readBulk, readCreate } from './resource.js';

const NETWORK = '591ffe08-f8f5-44c1-85c1-1026878f69bd';
const port = (attributes: object) => ({ network_id: NETWORK, ...attributes });
const told = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
};

describe('The items of a bulk', () => {
  it.each([
    port({}),
    port({ name: 'vm', mac_address: '02-00-00-00-00-01', admin_state_up: 'no', tenant_id: 'p' }),
    port({ name: 5 }),
    port({ name: 'x'.repeat(256) }),
    port({ mac_address: 'zz' }),
    port({ admin_state_up: 'perhaps' }),
    port({ fixed_ips: [{ ip_address: '192.0.2.300' }] }),
    port({ allowed_address_pairs: 'all' }),
    port({ network_id: 'n1' }),
    port({ network_id: undefined }),
    port({ colour: 'red' }),
    port({ id: NETWORK }),
    port({ tenant_id: 'a', project_id: 'b' }),
    'text',
  ])('are read as single ones are: %j', (item) => {
    const single = told(() => readCreate(portResource, { port: item }));
    const [several] = [told(() => readBulk(portResource, { ports: [item] }))].flat();
    expect(several).toEqual(single);
  });
});
