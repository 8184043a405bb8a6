import { parseIp, parseVtepIp } from '@l2gw/l2';
import { type Candidate, selectBest, selectExported } from './select-best.js';

const at = (vtep: string) => ({ vtep: parseVtepIp(vtep) });
const port: Candidate = { kind: 'port', place: at('10.0.0.11'), ips: [parseIp('192.0.2.1')], claim: 1n };
const learned: Candidate = { kind: 'learned', place: at('10.0.0.1'), ips: [], claim: 2n };
const stated: Candidate = { kind: 'static', place: { connection: 'c1' }, ips: [], claim: 0n };

describe('Who is right about a MAC', () => {
  it('is nobody without candidates', () => {
    expect(selectBest([])).toBeUndefined();
  });

  it('is the latest claim, in whatever order the candidates come', () => {
    expect(selectBest([port, learned])?.place).toEqual(at('10.0.0.1'));
    expect(selectBest([learned, port])?.place).toEqual(at('10.0.0.1'));
    expect(selectBest([learned, { ...port, claim: 3n }])?.kind).toBe('port');
  });

  it('is an operator who states it, whoever claims it besides, in whatever order', () => {
    expect(selectBest([stated, port, learned])).toMatchObject({ kind: 'static', place: { connection: 'c1' } });
    expect(selectBest([learned, port, stated])).toMatchObject({ kind: 'static', ips: ['192.0.2.1'] });
  });

  it('is the lower connection of two that an operator states', () => {
    const other: Candidate = { ...stated, place: { connection: 'c0' } };
    expect(selectBest([stated, other])?.place).toEqual({ connection: 'c0' });
    expect(selectBest([other, stated])?.place).toEqual({ connection: 'c0' });
  });

  it('is never a candidate that leads nowhere, however late its claim', () => {
    expect(selectBest([{ ...port, place: undefined, claim: 9n }, learned])?.kind).toBe('learned');
    expect(selectBest([{ ...port, place: undefined }])).toBeUndefined();
  });

  it('merges the IPs, also those of a bare-metal port that the inventory knows without a place', () => {
    const inventory = { ...port, place: undefined, ips: [parseIp('2001:db8::5'), parseIp('192.0.2.5')] };
    expect(selectBest([inventory, { ...learned, ips: [parseIp('192.0.2.5')] }])?.ips).toEqual([
      '192.0.2.5',
      '2001:db8::5',
    ]);
  });

  it('can be told with the rule that decided, however many there are', () => {
    const third: Candidate = { ...learned, place: at('10.0.0.9') };
    expect(selectBest([port])).toMatchObject({ rule: 'only', candidate: port });
    expect(selectBest([{ ...port, place: undefined }, learned])?.rule).toBe('only');
    expect(selectBest([port, learned])).toMatchObject({ rule: 'latest-claim', candidate: learned });
    expect(selectBest([third, port, learned])).toMatchObject({ rule: 'lowest-place', candidate: learned });
    expect(selectBest([port, stated])).toMatchObject({ rule: 'stated', candidate: stated });
    expect(selectBest([learned, { ...learned }])?.rule).toBe('same');
  });

  it('is the lower VTEP between equal claims', () => {
    expect(selectBest([{ ...port, claim: 2n }, learned])?.place).toEqual(at('10.0.0.1'));
  });
});

describe('Which cloud is right about a MAC', () => {
  const ours = { ...learned, cloud: 'm' };
  const ourPort = { ...port, cloud: 'm' };
  const imported = (cloud: string, sequence = 0, more: Partial<Candidate> = {}): Candidate => ({
    kind: 'imported',
    place: { connection: `to-${cloud}` },
    ips: [parseIp('192.0.2.99')],
    claim: 50n,
    cloud,
    sequence,
    ...more,
  });
  const behind = (cloud: string) => ({ place: { connection: `to-${cloud}` } });

  it.each<[string, Candidate[], object]>([
    ['the only one', [imported('s')], { ...behind('s'), rule: 'only' }],
    ['the one to which it moved last', [ours, imported('s', 1)], { ...behind('s'), rule: 'sequence' }],
    [
      'ours, if it moved here last',
      [{ ...ours, sequence: 2 }, imported('s', 1)],
      { kind: 'learned', rule: 'sequence' },
    ],
    ['the lowest id of equal ones, ours or not', [ours, imported('a')], { ...behind('a'), rule: 'lowest-cloud' }],
    [
      'the lowest id of equal ones, whatever the places',
      [ours, imported('z')],
      { kind: 'learned', rule: 'lowest-cloud' },
    ],
    [
      'the one where it cannot move',
      [{ ...ours, sequence: 9 }, imported('s', 0, { isSticky: true })],
      { ...behind('s'), rule: 'sticky' },
    ],
    [
      'the higher of two where it cannot move',
      [imported('a', 0, { isSticky: true }), imported('s', 1, { isSticky: true })],
      { ...behind('s'), rule: 'sequence' },
    ],
    [
      'ours, if a port here has it',
      [ourPort, imported('s', 9, { isSticky: true })],
      { kind: 'port', rule: 'own-port' },
    ],
    [
      'ours, also if a switch here has learned it since the port',
      [ourPort, ours, imported('s', 9)],
      { kind: 'learned', rule: 'latest-claim' },
    ],
    [
      'not ours, if the port here is nowhere',
      [{ ...ourPort, place: undefined }, imported('s')],
      { ...behind('s'), rule: 'only' },
    ],
    [
      'what an operator states, before all',
      [ourPort, imported('s', 9, { isSticky: true }), stated],
      { kind: 'static', rule: 'stated' },
    ],
    [
      'the lower connection of two of one cloud',
      [imported('s'), imported('s', 0, behind('r'))],
      { ...behind('r'), rule: 'lowest-place' },
    ],
  ])('is %s', (_, candidates, expected) => {
    for (const order of [candidates, candidates.toReversed()]) expect(selectBest(order)).toMatchObject(expected);
  });

  it('is alike in every cloud, so that one of them tells the others', () => {
    for (const [a, s] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [7, 7],
    ] as const) {
      const atA = [{ ...learned, cloud: 'a', sequence: a }, imported('s', s)];
      const atS = [{ ...learned, cloud: 's', sequence: s }, imported('a', a)];
      const telling = [atA, atS].filter((each) => selectExported(each) !== undefined);
      expect(telling).toHaveLength(1);
    }
  });

  it('is told with the IPs of the cloud that is right, not with those of others', () => {
    const known = { ...ours, ips: [parseIp('192.0.2.1')] };
    expect(selectBest([known, imported('z')])?.ips).toEqual(['192.0.2.1']);
    expect(selectBest([known, imported('a'), imported('b', 0, { ips: [parseIp('192.0.2.98')] })])?.ips).toEqual([
      '192.0.2.1',
      '192.0.2.99',
    ]);
  });

  it('says what is told to others: nothing of what an operator states, of what is nowhere, or of what lost', () => {
    expect(selectExported([ourPort, stated])).toBeUndefined();
    expect(selectExported([{ ...ourPort, place: undefined }])).toBeUndefined();
    expect(selectExported([ourPort, imported('s', 1)])).toBeUndefined();
    expect(selectExported([ourPort, ours])).toBe(ours);
    expect(selectExported([imported('s')])).toBeUndefined();
  });
});
