import { generateKeyPairSync } from 'node:crypto';
import { exportTable } from '@l2gw/contracts';
import { decodeRelayedRow, encodeMac } from '../peers/stretch-rows.js';
import { vouchFor } from '../export/vouch-for.js';
import { OwnKey } from '../signing/own-key.js';
import { PeerKeys } from '../signing/peer-keys.js';
import { judgePath } from './judge-path.js';
import { ProofCheck } from './proof-check.js';

const MAC = '02:00:00:00:00:01';
const TABLE = { own: 'c', origin: 'a', peer: 'b', segId: 456 };
const newKey = (): OwnKey =>
  OwnKey.parse(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());

describe('What a hub passes on', () => {
  const key = newKey();
  let later: number;
  let check: ProofCheck;

  beforeEach(() => {
    later = 0;
    check = new ProofCheck(TABLE, PeerKeys.parse([key.publicKey]), () => (later += 1));
  });

  /** The row of a MAC as the cloud has signed it and the hub passes it on. */
  function signed(more: object = {}, { cloud = 'a', epoch = 7, segId = 456, by = key, mac = MAC } = {}): object {
    const said = { ...exportTable.decode(mac, { sequence: 3, ips: ['10.0.0.5'], kind: 'port', ...more }), ...more };
    const told = vouchFor({ key: by, cloud, epoch }, segId)(mac, said);
    return { ...(told === undefined ? {} : encodeMac(told)), path: ['a', 'b'] };
  }
  const passes = (row: object, mac = MAC): boolean => check.pass(mac, decodeRelayedRow(mac, row)) !== undefined;

  it('is believed as its cloud has said it, also with what is not understood of it', () => {
    expect(passes(signed())).toBe(true);
    expect(passes(signed({ later: { than: ['us'] } }))).toBe(true);
    expect(passes(signed({ static: true, ips: [] }))).toBe(true);
    expect(check.refusals).toEqual({});
  });

  it.each<[string, () => object]>([
    ['an IP was altered', () => ({ ...signed(), ips: ['10.0.0.6'] })],
    ['the sequence was altered', () => ({ ...signed(), sequence: 4 })],
    ['it was said to be unable to move', () => ({ ...signed(), static: true })],
    ['something was added', () => ({ ...signed(), more: 1 })],
    ['another MAC was vouched for', () => signed({}, { mac: '02:00:00:00:00:02' })],
    ['another network was meant', () => signed({}, { segId: 457 })],
    ['another cloud has said it', () => signed({}, { cloud: 'b' })],
    ['somebody else has signed it', () => signed({}, { by: newKey() })],
    ['the session was altered', () => ({ ...signed(), proof: { ...proofOf(signed()), epoch: 8 } })],
    ['nobody has signed it', () => ({ sequence: 3, ips: [], kind: 'port', path: ['a', 'b'] })],
  ])('is not if %s', (_, row) => {
    expect(passes(row())).toBe(false);
    expect(check.refusals).toEqual({ sig: 1 });
    expect(passes(signed())).toBe(true);
    expect(check.refusals).toEqual({});
  });

  it('is not believed of an older session than its latest, and is looked at again when that has come', () => {
    expect(passes(signed())).toBe(true);
    expect(later).toBe(0);
    expect(passes(signed({}, { epoch: 8 }))).toBe(true);
    expect(later).toBe(1);
    expect(passes(signed())).toBe(false);
    expect(check.refusals).toEqual({ replay: 1 });
  });

  it('is believed again with the keys that its cloud has', () => {
    check.trust(PeerKeys.parse([newKey().publicKey]));
    expect(passes(signed())).toBe(false);
    check.trust(PeerKeys.parse([newKey().publicKey, key.publicKey]));
    expect(passes(signed())).toBe(true);
  });

  it('is forgotten when it is gone', () => {
    expect(passes({ ...signed(), sequence: 9 })).toBe(false);
    expect(check.pass(MAC, undefined)).toBeUndefined();
    expect(check.refusals).toEqual({});
  });
});

const proofOf = (row: object): object => (row as { proof: object }).proof;

describe('A path', () => {
  it.each<[string, string, ReturnType<typeof judgePath>]>([
    ['from the cloud to who tells us is good', 'a b', undefined],
    ['over four clouds is good', 'a d e b', undefined],
    ['over five goes in circles', 'a d e f b', 'loop'],
    ['through us goes in circles', 'a c b', 'loop'],
    ['that begins here goes in circles', 'c b', 'loop'],
    ['twice through a cloud goes in circles', 'a d a b', 'loop'],
    ['of another cloud is nonsense', 'd b', 'unreadable'],
    ['that ends elsewhere is nonsense', 'a d', 'unreadable'],
    ['over what can be no cloud is nonsense', 'a <D> b', 'unreadable'],
    ['without anybody who passes it on is nonsense', 'a', 'unreadable'],
  ])('%s', (_, path, verdict) => expect(judgePath(path.split(' '), TABLE)).toBe(verdict));
});
