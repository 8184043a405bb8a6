import type { WaySight } from '../ways/select-way.js';
import { type RelayTerms, resolveRelay } from './resolve-relay.js';

const way = (path: string, more: Partial<WaySight> = {}): WaySight => {
  const clouds = path.split(' ');
  return { name: clouds.at(-1) ?? '', path: clouds, isLive: true, isOver: false, isOpen: true, ...more };
};
const terms = (receiver: string, ...transit: string[]): RelayTerms => ({
  own: 'hub',
  receiver,
  transit: new Set(transit),
});

describe('What is heard of a cloud', () => {
  it.each<[string, WaySight | undefined, RelayTerms, ReturnType<typeof resolveRelay>]>([
    ['is passed on between two peers of which an operator says so', way('a'), terms('c', 'a', 'c'), 'told'],
    ['is not passed on if he says so of neither', way('a'), terms('c'), 'untold'],
    ['is not passed on if he says so of the receiver only', way('a'), terms('c', 'c'), 'untold'],
    ['is not passed on if he says so of the teller only', way('a'), terms('c', 'a'), 'untold'],
    ['never goes back to where it came from', way('a b'), terms('b', 'a', 'b'), 'untold'],
    ['never goes to a cloud that has passed it on', way('a c b'), terms('c', 'b', 'c'), 'untold'],
    ['goes over four clouds', way('a b c'), terms('d', 'c', 'd'), 'told'],
    ['goes over no more than four', way('a b c e'), terms('d', 'e', 'd'), 'untold'],
    ['is passed on, as it was last, while it is silent', way('a', { isLive: false }), terms('c', 'a', 'c'), 'told'],
    ['is taken back when it is over', way('a', { isOver: true }), terms('c', 'a', 'c'), 'untold'],
    ['is not taken back before it is known', undefined, terms('c', 'a', 'c'), 'unknown'],
    ['is not waited for if nobody else may pass it on', undefined, terms('c', 'c'), 'untold'],
  ])('%s', (_, sight, order, verdict) => expect(resolveRelay(sight, order)).toBe(verdict));
});
