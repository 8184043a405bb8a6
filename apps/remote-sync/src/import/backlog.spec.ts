import { Backlog } from './backlog.js';

const many = Array.from({ length: 2500 }, (_, at) => at);

describe('A backlog', () => {
  let seen: number[];
  let later: (() => void)[];
  let backlog: Backlog<number>;
  let ends: number;

  const end = (): void => {
    ends += 1;
  };

  beforeEach(() => {
    seen = [];
    later = [];
    ends = 0;
    backlog = new Backlog(
      (item) => seen.push(item),
      (run) => later.push(run),
    );
  });

  const turn = (): void => later.shift()?.();

  it('of a few items is done at once', () => {
    backlog.begin([1, 2, 3], end);
    expect({ seen, ends, isRunning: backlog.isRunning }).toEqual({ seen: [1, 2, 3], ends: 1, isRunning: false });
  });

  it('of many is done in slices, all of it and in order', () => {
    backlog.begin(many, end);
    expect({ done: seen.length, ends, isRunning: backlog.isRunning }).toEqual({ done: 1000, ends: 0, isRunning: true });
    turn();
    turn();
    expect({ seen, ends, isRunning: backlog.isRunning }).toEqual({ seen: many, ends: 1, isRunning: false });
  });

  it('that begins anew forgets what it has not come to', () => {
    backlog.begin(many, end);
    backlog.begin([-1], end);
    turn();
    expect({ done: seen.length, last: seen.at(-1), ends }).toEqual({ done: 1001, last: -1, ends: 1 });
  });

  it('that is stopped does nothing more, and does not say that it is done', () => {
    backlog.begin(many, end);
    backlog.stop();
    turn();
    expect({ done: seen.length, ends, isRunning: backlog.isRunning }).toEqual({
      done: 1000,
      ends: 0,
      isRunning: false,
    });
  });
});
