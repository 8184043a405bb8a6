import { formatEndpoint, parseEndpoint } from './endpoint.js';
import { EndpointError } from './errors.js';

describe('An endpoint', () => {
  it.each([
    ['unix:/run/db.sock', { kind: 'unix', path: '/run/db.sock' }],
    ['tcp:192.0.2.1:6640', { kind: 'tcp', host: '192.0.2.1', port: 6640 }],
    ['tcp:tor-1.example:6640', { kind: 'tcp', host: 'tor-1.example', port: 6640 }],
    ['tcp:[2001:db8::1]:6640', { kind: 'tcp', host: '2001:db8::1', port: 6640 }],
    ['tcp:[fe80::1%eth0]:6640', { kind: 'tcp', host: 'fe80::1%eth0', port: 6640 }],
    ['ssl:192.0.2.1:6640', { kind: 'ssl', host: '192.0.2.1', port: 6640 }],
    ['ssl:[2001:db8::1]:6640', { kind: 'ssl', host: '2001:db8::1', port: 6640 }],
    ['ptcp:6640', { kind: 'ptcp', port: 6640 }],
    ['ptcp:0:127.0.0.1', { kind: 'ptcp', port: 0, host: '127.0.0.1' }],
    ['pssl:6641:192.0.2.1', { kind: 'pssl', port: 6641, host: '192.0.2.1' }],
    ['pssl:6640:[2001:db8::1]', { kind: 'pssl', port: 6640, host: '2001:db8::1' }],
  ])('%s is read, and written the same', (text, endpoint) => {
    expect(parseEndpoint(text)).toEqual(endpoint);
    expect(formatEndpoint(parseEndpoint(text))).toBe(text);
  });

  it.each([
    ['ptcp:', 'ptcp:6640'],
    ['pssl::192.0.2.1', 'pssl:6640:192.0.2.1'],
  ])('%s waits at the port that is registered for OVSDB', (text, written) => {
    expect(formatEndpoint(parseEndpoint(text))).toBe(written);
  });

  it.each([
    '',
    'tcp:',
    'tcp:host',
    'tcp:host:0',
    'tcp:host:65536',
    'tcp:2001:db8::1:6640',
    'ssl:host',
    'ssl:host:0',
    'ptcp',
    'ptcp:65536',
    'ptcp:6640:',
    'ptcp:6640:host',
    'pssl:6640:2001:db8::1',
    'pssl:port',
    'unix:',
    'punix:/run/db.sock',
    'udp:h:1',
    'host:6640',
  ])('%p is refused', (text) => {
    expect(() => parseEndpoint(text)).toThrow(EndpointError);
  });
});
