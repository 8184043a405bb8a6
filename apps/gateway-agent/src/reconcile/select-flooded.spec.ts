import { locatorTo } from '../switch/locator.js';
import { selectFlooded } from './select-flooded.js';

const [V1, V2, V3] = [locatorTo('10.0.0.1'), locatorTo('10.0.0.2'), locatorTo('10.0.0.3')];
const ALL = [V1, V2, V3];
const UP = new Set<typeof V1>();

describe('A switch that honours few members of a flood set', () => {
  it.each([
    ['all, if it honours all', { most: undefined, now: [], down: UP }, ALL],
    ['all, if they are few enough', { most: 3, now: [], down: new Set([V1]) }, ALL],
    ['the first, if it has none yet', { most: 1, now: [], down: UP }, [V1]],
    ['the one it has, though there are others before', { most: 1, now: [V2], down: UP }, [V2]],
    ['another one when the tunnel of the one it has is down', { most: 1, now: [V2], down: new Set([V2]) }, [V1]],
    ['the one it has when no tunnel is up', { most: 1, now: [V2], down: new Set(ALL) }, [V2]],
    ['as many as it honours', { most: 2, now: [V3], down: new Set([V1]) }, [V2, V3]],
    ['nobody who is gone', { most: 1, now: [locatorTo('10.0.0.9')], down: UP }, [V1]],
  ] as const)('has %s', (_, choices, chosen) => {
    expect(selectFlooded(ALL, choices)).toEqual(chosen);
  });
});
