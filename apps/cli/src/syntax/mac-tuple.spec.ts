import { parseMacTuple, remoteMacBody } from './mac-tuple.js';

describe('A remote MAC on the command line', () => {
  it.each([
    ['00:11:22:33:44:55', { mac: '00:11:22:33:44:55' }],
    ['00:11:22:33:44:55;192.0.2.1', { mac: '00:11:22:33:44:55', ipaddr: '192.0.2.1' }],
    ['00-11-22-33-44-AA,2001:DB8::1', { mac: '00:11:22:33:44:aa', ipaddr: '2001:db8::1' }],
    ['00:11:22:33:44:55;', { mac: '00:11:22:33:44:55' }],
  ])('%s', (text, body) => {
    expect(remoteMacBody(parseMacTuple(text))).toEqual(body);
  });

  it.each([
    ['00:11:22:33:44', 'not a MAC address'],
    ['192.0.2.1;00:11:22:33:44:55', 'not a MAC address'],
    ['00:11:22:33:44:55;192.0.2', 'not an IP address'],
    ['00:11:22:33:44:55;192.0.2.1;x', 'not MAC[;IP]'],
    ['ff:ff:ff:ff:ff:ff', 'not the MAC address of a host'],
    ['00:00:00:00:00:00', 'not the MAC address of a host'],
  ])('%s is refused: %s', (text, message) => {
    expect(() => parseMacTuple(text)).toThrow(message);
  });
});
