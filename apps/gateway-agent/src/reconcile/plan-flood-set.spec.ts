import { type Locator, locatorTo } from '../switch/locator.js';
import { planFloodSet } from './plan-flood-set.js';

const [V1, V2, KEYED] = [locatorTo('192.0.2.1'), locatorTo('192.0.2.2'), locatorTo('192.0.2.1', 7)];
const row = (id: string, locators: readonly (Locator | undefined)[], mac = 'unknown-dst') => ({ id, mac, locators });

describe('The plan for a flood set', () => {
  it.each([
    ['nothing when the one row has the right members', [V1, V2], [row('a', [V2, V1])], [], undefined],
    ['nothing when nobody is to be flooded to and there is no row', [], [], [], undefined],
    ['a row when there is none', [V1], [], [], { row: undefined, locators: [V1] }],
    [
      'another set for the row when a member is missing',
      [V1, V2],
      [row('a', [V1])],
      [],
      { row: 'a', locators: [V1, V2] },
    ],
    ['another set when a member is too many', [V1], [row('a', [V1, V2])], [], { row: 'a', locators: [V1] }],
    ['another set when a member has a tunnel key', [V1], [row('a', [KEYED])], [], { row: 'a', locators: [V1] }],
    [
      'another set when a member is there twice, plainly and with a tunnel key',
      [V1],
      [row('a', [V1, KEYED])],
      [],
      { row: 'a', locators: [V1] },
    ],
    [
      'another set when a member is no VXLAN tunnel',
      [V1],
      [row('a', [V1, undefined])],
      [],
      { row: 'a', locators: [V1] },
    ],
    ['that the row goes when the set becomes empty', [], [row('a', [V1])], ['a'], undefined],
    ['that only the right one of two rows stays', [V1], [row('a', [V2]), row('b', [V1])], ['a'], undefined],
    [
      'that one of two wrong rows is put right',
      [V1],
      [row('b', []), row('a', [V2])],
      ['b'],
      { row: 'a', locators: [V1] },
    ],
    ['that rows of groups go', [V1], [row('a', [V1]), row('g', [V1], '01:00:5e:00:00:01')], ['g'], undefined],
  ])('asks for %s', (_, desired, actual, remove, write) => {
    expect(planFloodSet(desired, actual)).toEqual({ remove, write });
  });
});
