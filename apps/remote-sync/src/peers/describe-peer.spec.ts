import { describePeer, type PeerSight } from './describe-peer.js';
import { Liveness } from './liveness.js';
import { Suspicion } from './suspicion.js';

const SIGHT: PeerSight = { life: 'live', wasHeard: true, hasLeft: false, isQuarantined: false };

const ELSE = 'ours; nothing else depends on it';

describe('The report on a peer', () => {
  it.each<[string, Partial<PeerSight>, string, string | undefined]>([
    ['that is heard', {}, 'live', undefined],
    ['whose clock is a little off', { clockAheadMs: -599_000 }, 'live', undefined],
    ['whose clock is off', { clockAheadMs: -601_000 }, 'live', `its clock is more than 10 minutes behind ${ELSE}`],
    ['whose clock is a day off', { clockAheadMs: 86_400_000 }, 'live', `its clock is about 24 hours ahead of ${ELSE}`],
    ['that is heard though its bus does not let us in', { refusal: 'no' }, 'live', undefined],
    ['that calls itself otherwise', { impostor: 'who' }, 'refused', 'who'],
    ['that was never heard', { life: 'never', wasHeard: false, problem: 'nobody' }, 'connecting', 'nobody'],
    ['that was never heard for long', { life: 'silent', wasHeard: false }, 'connecting', undefined],
    ['that is late', { life: 'degraded', problem: 'lost' }, 'degraded', 'lost'],
    ['that is silent', { life: 'silent' }, 'silent', undefined],
    ['that has said good-bye', { life: 'silent', hasLeft: true }, 'silent', 'it has said good-bye'],
    ['that does not let us in', { life: 'never', wasHeard: false, refusal: 'no' }, 'refused', 'no'],
    [
      'in whose name too much is said',
      { isQuarantined: true },
      'quarantined',
      'too much was said in its name that it has not signed',
    ],
  ])('%s says so', (_, sight, state, reason) => {
    const row = describePeer({ ...SIGHT, ...sight });
    expect([row.state, row.reason]).toEqual([state, reason]);
  });
});

describe('A peer', () => {
  let now = 0;
  const clock = (): number => now;

  beforeEach(() => (now = 0));

  it('is late after 3 s and silent after 5 s, until it is heard again', () => {
    const liveness = new Liveness(clock);
    const lives: string[] = [liveness.life];
    liveness.heard();
    for (now of [2999, 3000, 4999, 5000, 600_000]) lives.push(liveness.life);
    liveness.heard();
    lives.push(liveness.life);
    expect(lives).toEqual(['never', 'live', 'degraded', 'degraded', 'silent', 'silent', 'live']);
  });

  it('is silent at once when it says good-bye', () => {
    const liveness = new Liveness(clock);
    liveness.heard();
    liveness.leave();
    expect(liveness.life).toBe('silent');
    liveness.heard();
    expect(liveness.life).toBe('live');
  });

  it('is in quarantine for a minute after 200 forgeries in a row, and not before', () => {
    const suspicion = new Suspicion(clock);
    const forge = (times: number): void => Array.from({ length: times }).forEach(() => suspicion.heard('sig'));
    forge(199);
    suspicion.heard('believed');
    forge(199);
    expect(suspicion.quarantined).toBe(false);
    forge(1);
    expect(suspicion.quarantined).toBe(true);
    now = 59_999;
    expect(suspicion.quarantined).toBe(true);
    now = 60_000;
    expect(suspicion.quarantined).toBe(false);
    expect(suspicion.counts).toEqual({ sig: 399, replay: 0 });
  });
});
