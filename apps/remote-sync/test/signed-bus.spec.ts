import { generateKeyPairSync } from 'node:crypto';
import { type Bus, type Headers, connectBus } from '@l2gw/bus';
import { eventually } from '../../../test/harness/eventually.js';
import { type NatsServer, startNatsServer } from '../../../test/harness/nats-server.js';
import { Ear, type Verdict } from '../src/signing/ear.js';
import { OwnKey } from '../src/signing/own-key.js';
import { PeerKeys } from '../src/signing/peer-keys.js';
import { SignedBus } from '../src/signing/signed-bus.js';
import { Voice } from '../src/signing/voice.js';

const newKey = (): OwnKey =>
  OwnKey.parse(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());

interface Recorded {
  readonly subject: string;
  readonly body: string;
  readonly headers: Headers;
}

describe('Between clouds', () => {
  let nats: NatsServer;
  let buses: Bus[] = [];
  let verdicts: Verdict[] = [];
  const [keyOfA, keyOfB] = [newKey(), newKey()];

  async function connected(client: string): Promise<Bus> {
    const bus = await connectBus({ servers: [nats.url], client });
    buses.push(bus);
    return bus;
  }

  /** How cloud `own` speaks with a peer that has one of these keys. */
  async function cloud(own: OwnKey, epoch: number, keys: readonly OwnKey[], ear = earFor(keys)): Promise<SignedBus> {
    const heard = (verdict: Verdict): number => verdicts.push(verdict);
    return new SignedBus(await connected(`c${buses.length}`), new Voice(own, epoch), ear, heard);
  }

  const earFor = (keys: readonly OwnKey[]): Ear => new Ear(PeerKeys.parse(keys.map(({ publicKey }) => publicKey)));

  /** A and B, who know each other; B has asked A, so that it knows A's epoch. Everything of A that B hears is recorded. */
  async function acquainted(): Promise<{
    a: SignedBus;
    b: SignedBus;
    wire: Bus;
    heard: string[];
    recorded: Recorded[];
  }> {
    const [a, b, wire] = [await cloud(keyOfA, 7, [keyOfB]), await cloud(keyOfB, 1, [keyOfA]), await connected('wire')];
    const heard: string[] = [];
    const recorded: Recorded[] = [];
    a.serve('a.ask', 'q', async ({ body }) => ({ body: `${body}!` }));
    b.subscribe('a.news', ({ body }) => heard.push(body));
    wire.subscribe('a.>', (message) => message.subject === 'a.news' && recorded.push(message));
    await Promise.all(buses.map((bus) => bus.flush()));
    expect((await b.request('a.ask', 'hi', { timeoutMs: 10_000 })).body).toBe('hi!');
    verdicts = [];
    return { a, b, wire, heard, recorded };
  }

  beforeEach(async () => {
    nats = await startNatsServer();
    verdicts = [];
  });

  afterEach(async () => {
    for (const bus of buses) await bus.close();
    buses = [];
    await nats.stop();
  });

  it('what the peer has signed is heard, whatever its script', async () => {
    const { a, heard } = await acquainted();
    a.publish('a.news', 'grüße 🌍');
    await eventually(() => expect(heard).toEqual(['grüße 🌍']));
    expect(verdicts).toEqual(['believed']);
  });

  it('what is said by a cloud that has met the peer anew in the same session is heard, and what it said before is not heard again', async () => {
    const { a, wire, heard, recorded } = await acquainted();
    for (let word = 1; word <= 3; word += 1) a.publish('a.news', `${word}`);
    await eventually(() => expect(heard).toHaveLength(3));
    const anew = await cloud(keyOfA, 7, [keyOfB]);
    anew.publish('a.news', '4');
    await eventually(() => expect(heard).toEqual(['1', '2', '3', '4']));
    for (const { subject, body, headers } of recorded.slice(0, 3)) wire.publish(subject, body, headers);
    await eventually(() => expect(verdicts).toHaveLength(7));
    expect(heard).toHaveLength(4);
    expect(verdicts.filter((verdict) => verdict === 'believed')).toHaveLength(4);
  });

  it.each<[string, (message: Recorded) => Recorded, Verdict]>([
    ['altered', (message) => ({ ...message, body: `${message.body} ` }), 'sig'],
    ['unsigned', (message) => ({ ...message, headers: {} }), 'sig'],
    ['of a changed epoch', (message) => ({ ...message, headers: { ...message.headers, 'L2GW-Epoch': '8' } }), 'sig'],
    ['of a changed number', (message) => ({ ...message, headers: { ...message.headers, 'L2GW-N': '2' } }), 'sig'],
    ['repeated', (message) => message, 'double'],
  ])('a message that is %s is dropped', async (_, forge, verdict) => {
    const { a, wire, heard, recorded } = await acquainted();
    a.publish('a.news', 'true');
    await eventually(() => expect(recorded).toHaveLength(1));
    const { subject, body, headers } = forge(recorded[0] as Recorded);
    wire.publish(subject, body, headers);
    await eventually(() => expect(verdicts).toEqual(['believed', verdict]));
    expect(heard).toEqual(['true']);
  });

  it('a message is believed on its own subject only', async () => {
    const { a, b, wire, recorded } = await acquainted();
    b.subscribe('a.other', () => undefined);
    await b.flush();
    a.publish('a.news', 'true');
    await eventually(() => expect(recorded).toHaveLength(1));
    wire.publish('a.other', 'true', recorded[0]?.headers);
    await eventually(() => expect(verdicts).toEqual(['believed', 'sig']));
  });

  it('what was recorded in an older session is not news, nor is it an answer', async () => {
    const { a, b, wire, heard, recorded } = await acquainted();
    a.publish('a.news', 'old');
    await eventually(() => expect(recorded).toHaveLength(1));
    const next = await cloud(keyOfA, 8, [keyOfB]);
    next.serve('a.next', 'q', async () => ({ body: '' }));
    await next.flush();
    await b.request('a.next', '', { timeoutMs: 10_000 });
    verdicts = [];
    wire.publish('a.news', 'old', recorded[0]?.headers);
    await eventually(() => expect(verdicts).toEqual(['replay']));
    await expect(b.request('a.ask', 'hi', { timeoutMs: 10_000 })).rejects.toThrow('not believed (replay): a.ask');
    expect(heard).toEqual(['old']);
  });

  it('a receiver that has just started believes no epoch before the peer has answered it', async () => {
    const { a, recorded } = await acquainted();
    const fresh = await cloud(keyOfB, 2, [keyOfA]);
    const heard: string[] = [];
    fresh.subscribe('a.news', ({ body }) => heard.push(body));
    await fresh.flush();
    a.publish('a.news', 'early');
    await eventually(() => expect(recorded).toHaveLength(1));
    await eventually(() => expect([...verdicts].sort()).toEqual(['believed', 'new-epoch']));
    await fresh.request('a.ask', 'hi', { timeoutMs: 10_000 });
    a.publish('a.news', 'now');
    await eventually(() => expect(heard).toEqual(['now']));
  });

  it('an answer is believed only by whoever has asked for it', async () => {
    const { b, wire } = await acquainted();
    const asked = await cloud(keyOfA, 7, [keyOfB]);
    asked.serve('a.once', 'q', async () => ({ body: 'yes' }));
    await asked.flush();
    const { body, headers } = await b.request('a.once', '', { timeoutMs: 10_000 });
    wire.serve('a.again', 'q', async () => ({ body, headers }));
    await wire.flush();
    await expect(b.request('a.again', '', { timeoutMs: 10_000 })).rejects.toThrow('not believed (sig): a.again');
  });

  it('a question that the peer has not signed gets no answer', async () => {
    const { wire } = await acquainted();
    await expect(wire.request('a.ask', 'hi', { timeoutMs: 300 })).rejects.toThrow('TIMED_OUT');
    await eventually(() => expect(verdicts).toEqual(['sig']));
  });

  it('while a peer changes its key both keys are good, afterwards the new one only', async () => {
    const [old, young] = [newKey(), newKey()];
    const ear = earFor([old, young]);
    const b = await cloud(keyOfB, 1, [], ear);
    for (const [key, subject] of [
      [old, 'old'],
      [young, 'young'],
    ] as const) {
      const a = await cloud(key, 7, [keyOfB]);
      a.serve(subject, 'q', async () => ({ body: subject }));
      await a.flush();
      expect((await b.request(subject, '', { timeoutMs: 10_000 })).body).toBe(subject);
    }
    const strict = await cloud(keyOfB, 1, [young]);
    await expect(strict.request('old', '', { timeoutMs: 10_000 })).rejects.toThrow('not believed (sig)');
    expect((await strict.request('young', '', { timeoutMs: 10_000 })).body).toBe('young');
  });
});

describe('A key', () => {
  it('may be PEM or 32 bytes in base64, and is known by its public half', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const { d = '', x = '' } = privateKey.export({ format: 'jwk' });
    const raw = OwnKey.parse(Buffer.from(d, 'base64url').toString('base64'));
    const pem = OwnKey.parse(privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
    expect(raw.publicKey).toBe(Buffer.from(x, 'base64url').toString('base64'));
    expect(pem.publicKey).toBe(raw.publicKey);
    expect(pem.sign(Buffer.from('x'))).toBe(raw.sign(Buffer.from('x')));
  });

  it.each(['', 'hello', 'c2hvcnQ=', '-----BEGIN PRIVATE KEY-----\nzz\n-----END PRIVATE KEY-----'])(
    'is not %j, and the text is not repeated',
    (text) => {
      expect(() => OwnKey.parse(text)).toThrow(
        /^not an Ed25519 private key, neither as PEM nor as 32 bytes in base64$/,
      );
    },
  );

  it('of another kind is refused', () => {
    const pem = generateKeyPairSync('x25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    expect(() => OwnKey.parse(pem)).toThrow('not an Ed25519 private key');
    expect(() => PeerKeys.parse(['AAAA'])).toThrow('not an Ed25519 public key in base64: "AAAA"');
  });
});
