import { isOf } from './is-of.js';

const TOR1 = { name: 'tor1', isAlone: false, isFirst: true };
const TOR2 = { name: 'tor2', isAlone: false, isFirst: false };
const switchWith = (name: string, ...tunnelIps: string[]) => ({ name, tunnelIps });
const APART = [switchWith('tor1', '10.0.0.1'), switchWith('tor2', '10.0.0.2')];
const PEERS = [switchWith('tor1', '10.0.0.9'), switchWith('tor2', '10.0.0.9')];

describe('What a switch of several in one database has learned', () => {
  it.each([
    ['is told of by the switch whose tunnel IP it names', '10.0.0.2', APART, [false, true]],
    ['is told of by both of an MLAG pair', '10.0.0.9', PEERS, [true, true]],
    ['is told of by the first if it names an IP that nobody has', '192.0.2.1', APART, [true, false]],
    ['is told of by the first if it names none', undefined, APART, [true, false]],
  ])('%s', (_, tunnelIp, switches, [first, second]) => {
    expect([isOf(TOR1, tunnelIp, switches), isOf(TOR2, tunnelIp, switches)]).toEqual([first, second]);
  });

  it('is told of by the only one, whatever it names', () => {
    expect(isOf({ name: 'tor1', isAlone: true, isFirst: true }, '192.0.2.1', [])).toBe(true);
  });
});
