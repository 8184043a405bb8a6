import { storableText, summarise } from './summarise.js';

describe('Of a body is kept', () => {
  it.each([
    ['nothing of none', undefined, null],
    ['nothing of an empty one', {}, null],
    ['nothing of what is no object', [1, 2], null],
    ['what is in its envelope', { network: { name: 'n', mtu: 1450 } }, { name: 'n', mtu: 1450 }],
    ['all of it if it has no envelope', { tags: ['a', 'b'] }, { tags: ['a', 'b'] }],
    ['how many of a bulk', { ports: [{ name: 'a' }, { name: 'b' }] }, { ports: 2 }],
    [
      'lists inside a thing',
      { l2_gateway: { devices: [{ device_name: 'tor1' }] } },
      { devices: [{ device_name: 'tor1' }] },
    ],
    [
      'no secret, however deep',
      { l2_switch: { name: 's', auth: { Password: 'x', ssh: { private_key: 'y' } }, tunnel_key: 5 } },
      { name: 's', auth: { Password: '***', ssh: { private_key: '***' } }, tunnel_key: 5 },
    ],
    ['no password in an address', { a: { urls: ['nats://me:x@h:1', 'me@h'] } }, { urls: ['nats://***@h:1', 'me@h'] }],
    ['how long it was if it is very long', { network: { name: 'n'.repeat(5000) } }, { omitted: '5011 characters' }],
    ['text without what PostgreSQL cannot store', { network: { 'a\0': 'b\ud800c😀' } }, { 'a\ufffd': 'b\ufffdc😀' }],
    ['null', { port: { fixed_ips: null } }, { fixed_ips: null }],
  ])('%s', (_what, body, kept) => expect(summarise(body)).toEqual(kept));

  it('a key that is called __proto__, as a key', () => {
    const kept = JSON.stringify(summarise(JSON.parse('{"network": {"__proto__": {"admin": true}}}')));
    expect(kept).toBe('{"__proto__":{"admin":true}}');
  });
});

describe('A text that can be stored', () => {
  it('is as it was, but for NUL and halves of pairs', () => {
    expect(storableText('plain')).toBe('plain');
    expect(storableText('😀')).toBe('😀');
    expect(storableText('\udc00\0')).toBe('\ufffd\ufffd');
  });
});
