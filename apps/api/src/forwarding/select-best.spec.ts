import { parseIp, parseVtepIp } from '@l2gw/l2';
import { type Candidate, selectBest } from './select-best.js';

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
