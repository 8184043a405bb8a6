import { nameChange } from './name-change.js';

describe('A change is named by its path', () => {
  it.each([
    ['POST', '/v2.0/networks', 'network', 'create', ''],
    ['PUT', '/v2.0/l2-gateways/x', 'gateway', 'update', 'x'],
    ['DELETE', '/v2.0/l2-gateway-connections/x', 'connection', 'delete', 'x'],
    ['PUT', '/v2.0/l2-switches/tor%201', 'switch', 'update', 'tor 1'],
    ['PUT', '/v2.0/l2-switches/%zz', 'switch', 'update', '%zz'],
    ['POST', '/v2.0/l2-remote-gateway-connections', 'remote-gateway-connection', 'create', ''],
    ['POST', '/v2.0/l2-remote-macs', 'remote-mac', 'create', ''],
    ['DELETE', '/v2.0/ports/x/tags/red', 'port/tags', 'delete', 'x'],
    ['POST', '/v2.0', '', 'create', ''],
  ])('%s %s: %s.%s of %j', (method, path, noun, verb, resourceId) => {
    expect(nameChange(method, path)).toEqual({ noun, verb, resourceId });
  });
});
