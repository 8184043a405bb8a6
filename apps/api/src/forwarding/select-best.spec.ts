import { parseIp, parseVtepIp } from '@l2gw/l2';
import { type Candidate, selectBest } from './select-best.js';

const port: Candidate = { kind: 'port', vtep: parseVtepIp('10.0.0.11'), ips: [parseIp('192.0.2.1')], claim: 1n };
const learned: Candidate = { kind: 'learned', vtep: parseVtepIp('10.0.0.1'), ips: [], claim: 2n };

describe('Who is right about a MAC', () => {
  it('is nobody without candidates', () => {
    expect(selectBest([])).toBeUndefined();
  });

  it('is the latest claim, in whatever order the candidates come', () => {
    expect(selectBest([port, learned])?.vtep).toBe('10.0.0.1');
    expect(selectBest([learned, port])?.vtep).toBe('10.0.0.1');
    expect(selectBest([learned, { ...port, claim: 3n }])?.kind).toBe('port');
  });

  it('is never a candidate that leads nowhere, however late its claim', () => {
    expect(selectBest([{ ...port, vtep: undefined, claim: 9n }, learned])?.kind).toBe('learned');
    expect(selectBest([{ ...port, vtep: undefined }])).toBeUndefined();
  });

  it('merges the IPs, also those of a bare-metal port that the inventory knows without a place', () => {
    const inventory = { ...port, vtep: undefined, ips: [parseIp('2001:db8::5'), parseIp('192.0.2.5')] };
    expect(selectBest([inventory, { ...learned, ips: [parseIp('192.0.2.5')] }])?.ips).toEqual([
      '192.0.2.5',
      '2001:db8::5',
    ]);
  });

  it('can be told with the rule that decided, however many there are', () => {
    const third: Candidate = { ...learned, vtep: parseVtepIp('10.0.0.9') };
    expect(selectBest([port])).toMatchObject({ rule: 'only', candidate: port });
    expect(selectBest([{ ...port, vtep: undefined }, learned])?.rule).toBe('only');
    expect(selectBest([port, learned])).toMatchObject({ rule: 'latest-claim', candidate: learned });
    expect(selectBest([third, port, learned])).toMatchObject({ rule: 'lowest-vtep', candidate: learned });
    expect(selectBest([learned, { ...learned }])?.rule).toBe('same');
  });

  it('is the lower VTEP between equal claims', () => {
    expect(selectBest([{ ...port, claim: 2n }, learned])?.vtep).toBe('10.0.0.1');
  });
});
