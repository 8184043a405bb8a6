import { type WaySight, selectWay } from './select-way.js';

const way = (path: string, more: Partial<WaySight> = {}): WaySight => {
  const clouds = path.split(' ');
  return { name: clouds.at(-1) ?? '', path: clouds, isLive: true, isOver: false, isOpen: true, ...more };
};

describe('Of the ways to a cloud', () => {
  it.each<[string, readonly WaySight[], string | undefined]>([
    ['none counts if there is none', [], undefined],
    ['the cloud itself goes before who passes it on', [way('a b'), way('a')], 'a'],
    ['the shorter one counts', [way('a b c'), way('a d')], 'd'],
    ['one that lives goes before a shorter one that does not', [way('a', { isLive: false }), way('a b')], 'b'],
    [
      'of two that do not live the shorter one counts',
      [way('a b', { isLive: false }), way('a', { isLive: false })],
      'a',
    ],
    ['one that is over goes last, though it lives', [way('a', { isOver: true }), way('a b', { isLive: false })], 'b'],
    ['of two alike the lower name decides', [way('a c'), way('a b')], 'b'],
  ])('%s', (_, ways, name) => {
    expect(selectWay(ways, ways[0])?.name).toBe(name);
    expect(selectWay([...ways].reverse(), undefined)?.name).toBe(name);
  });

  it('one that is not known yet does not count, but at the beginning it is waited for if it lives', () => {
    const [unknown, other] = [way('a', { isOpen: false }), way('a b')];
    expect(selectWay([unknown, other], undefined)).toBeUndefined();
    expect(selectWay([unknown, other], other)).toBe(other);
    expect(selectWay([{ ...unknown, isLive: false }, other], undefined)).toBe(other);
    expect(selectWay([unknown], undefined)).toBeUndefined();
  });
});
