import type { ExportedMac } from '@l2gw/contracts';
import { type MacAddress, parseMac } from '@l2gw/l2';
import { Acceptance } from './acceptance.js';
import type { Resolve } from './resolve-import.js';
import { Room } from './room.js';

const macOf = (host: number): MacAddress => parseMac(`020000${host.toString(16).padStart(6, '0')}`);
const rowOf = (mac: MacAddress, sequence = 0): ExportedMac => ({ mac, sequence, ips: [], kind: 'port' });
const everything: Resolve = (row) => ({ row, refused: [] });
const nothing: Resolve = () => ({ refused: ['policy'] });

describe('The limits of a peer', () => {
  const [one, two, three] = [macOf(1), macOf(2), macOf(3)];
  let room: Room;
  let stretch: Acceptance;

  const say = (mac: MacAddress, sequence = 0): ExportedMac | undefined =>
    stretch.judge(mac, rowOf(mac, sequence), everything);

  beforeEach(() => {
    room = new Room({ macs: 2, ips: 64, total: 3 });
    stretch = new Acceptance(room);
  });

  it('keep new MACs out, and leave those that are known alone', () => {
    for (const mac of [one, two]) expect(say(mac)).toEqual(rowOf(mac));
    expect(say(three)).toBeUndefined();
    expect(say(one, 7)).toEqual(rowOf(one, 7));
    expect(stretch.refusals).toEqual({ limit: 1 });
    expect(stretch.size).toBe(2);
  });

  it('take in first what was accepted before a restart', () => {
    stretch.remembered = new Set([two, three]);
    const reservation = room.reserve();
    expect(say(one)).toBeUndefined();
    reservation.become(2);
    reservation.release();
    for (const mac of [two, three]) expect(say(mac)).toEqual(rowOf(mac));
    expect(say(one)).toBeUndefined();
    expect(stretch.refusals).toEqual({ limit: 1 });
  });

  it('keep room for what was accepted in another stretch before a restart', () => {
    const [other, reservation] = [new Acceptance(room), room.reserve()];
    reservation.become(2);
    expect(say(one)).toEqual(rowOf(one));
    expect(say(two)).toBeUndefined();
    reservation.release();
    reservation.release();
    expect(room.isShort).toBe(true);
    for (const mac of [two, three]) expect(other.judge(mac, rowOf(mac), everything)).toEqual(rowOf(mac));
    expect(say(two)).toBeUndefined();
  });

  it('keep newcomers out of the room of those that are still to come', () => {
    const reservation = room.reserve();
    stretch.remembered = new Set([two, three]);
    reservation.become(2);
    expect(say(one)).toBeUndefined();
    for (const mac of [two, three]) {
      reservation.give();
      expect(say(mac)).toEqual(rowOf(mac));
    }
    expect(stretch.claimed).toBe(2);
    reservation.release();
    expect(new Acceptance(room).judge(one, rowOf(one), everything)).toBeDefined();
    expect(room.has(0)).toBe(false);
  });

  it('let in who waits as soon as somebody goes', () => {
    for (const mac of [one, two, three]) say(mac);
    expect(stretch.judge(one, undefined, everything)).toBeUndefined();
    expect(stretch.nextLate).toBe(three);
    expect(say(three)).toEqual(rowOf(three));
    expect(stretch.refusals).toEqual({});
    expect(stretch.nextLate).toBeUndefined();
  });

  it('hold for all stretches together, too', () => {
    const other = new Acceptance(room);
    for (const mac of [one, two]) say(mac);
    expect(other.judge(one, rowOf(one), everything)).toBeDefined();
    expect(other.judge(two, rowOf(two), everything)).toBeUndefined();
    stretch.clear();
    expect(other.judge(two, rowOf(two), everything)).toBeDefined();
  });

  it('count a MAC once, whatever is said of it how often', () => {
    for (const mac of [one, two, three]) say(mac);
    for (let sequence = 1; sequence < 9; sequence += 1) say(three, sequence);
    stretch.judge(one, rowOf(one), nothing);
    expect(stretch.refusals).toEqual({ limit: 1, policy: 1 });
    stretch.judge(one, undefined, everything);
    stretch.judge(three, undefined, everything);
    expect(stretch.refusals).toEqual({});
  });

  it('that became lower take nothing away', () => {
    for (const mac of [one, two]) say(mac);
    room.limits = { macs: 1, ips: 64, total: 1 };
    expect(say(one, 1)).toEqual(rowOf(one, 1));
    expect(say(three)).toBeUndefined();
  });
});
