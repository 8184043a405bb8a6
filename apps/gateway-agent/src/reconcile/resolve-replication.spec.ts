import { parseVtepIp } from '@l2gw/l2';
import { resolveReplication } from './resolve-replication.js';

const NODES = { serviceNodes: [parseVtepIp('10.0.0.200')] };
const CANNOT = ['unsupported_source_node_replication'];

describe('Flooded frames are copied', () => {
  it.each([
    ['by the switch itself, as it is wanted', 'source_node', {}, [], 'source_node'],
    ['by the switch itself, though there are service nodes', 'source_node', NODES, [], 'source_node'],
    ['by service nodes, as it is wanted', 'service_node', NODES, [], 'service_node'],
    ['by service nodes, if the switch cannot do it', 'source_node', NODES, CANNOT, 'service_node'],
    ['by the switch itself, if it says it cannot and nobody else is there', 'source_node', {}, CANNOT, 'source_node'],
  ] as const)('%s', (_, replication, nodes, faults, mode) => {
    expect(resolveReplication({ replication, ...nodes }, faults)).toMatchObject({ mode, problems: [] });
  });

  it('by nobody, if service nodes are to do it and none is known, which is a problem', () => {
    expect(resolveReplication({ replication: 'service_node' }, [])).toMatchObject({
      mode: 'service_node',
      problems: [{ code: 'SERVICE_NODE_MISSING' }],
    });
  });
});
