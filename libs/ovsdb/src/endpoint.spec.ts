import { formatEndpoint, parseEndpoint } from './endpoint.js';
import { EndpointError } from './errors.js';

describe('An endpoint', () => {
  it.each([
    ['unix:/run/db.sock', { kind: 'unix', path: '/run/db.sock' }],
    ['tcp:192.0.2.1:6640', { kind: 'tcp', host: '192.0.2.1', port: 6640 }],
    ['tcp:tor-1.example:6640', { kind: 'tcp', host: 'tor-1.example', port: 6640 }],
    ['tcp:[2001:db8::1]:6640', { kind: 'tcp', host: '2001:db8::1', port: 6640 }],
    ['tcp:[fe80::1%eth0]:6640', { kind: 'tcp', host: 'fe80::1%eth0', port: 6640 }],
  ])('%s is read, and written the same', (text, endpoint) => {
    expect(parseEndpoint(text)).toEqual(endpoint);
    expect(formatEndpoint(parseEndpoint(text))).toBe(text);
  });

  it.each(['ssl:192.0.2.1:6640', 'ptcp:6640', 'pssl:6640:192.0.2.1'])('%s is known but not supported yet', (text) => {
    expect(() => parseEndpoint(text)).toThrow(/is not supported yet/);
  });

  it.each([
    '',
    'tcp:',
    'tcp:host',
    'tcp:host:0',
    'tcp:host:65536',
    'tcp:2001:db8::1:6640',
    'unix:',
    'udp:h:1',
    'host:6640',
  ])('%p is refused', (text) => {
    expect(() => parseEndpoint(text)).toThrow(EndpointError);
  });
});
