import { isTableName, TableSubjects } from './subjects.js';

describe('The subjects of the table protocol', () => {
  const subjects = new TableSubjects();

  it('are made of ids', () => {
    expect(subjects.table('network/n-1')).toBe('l2gw.v1.table.network.n-1');
    expect(subjects.life('api')).toBe('l2gw.v1.life.api');
    expect(subjects.request('sw-1', 'since')).toBe('l2gw.v1.req.sw-1.since');
    expect(subjects.push('sw-1', 'learned/sw-1')).toBe('l2gw.v1.up.sw-1.learned.sw-1');
    expect(new TableSubjects('l2gw.v1.cloud.c2').table('stretch/c2/s1')).toBe('l2gw.v1.cloud.c2.table.stretch.c2.s1');
  });

  it('tell who asks and who pushes what', () => {
    expect(subjects.clientOfRequest('l2gw.v1.req.sw-1.since')).toBe('sw-1');
    expect(subjects.sourceOfPush('l2gw.v1.up.sw-1.learned.sw-1')).toEqual({ client: 'sw-1', table: 'learned/sw-1' });
    expect(subjects.sourceOfPush('l2gw.v1.up.sw-1')).toBeUndefined();
    expect(subjects.clientOfRequest('other.req.sw-1.since')).toBeUndefined();
  });

  it.each(['a.b', 'a b', '*', '>', '', 'a//b', 'tor1.rack2'])('are never made of %p', (name) => {
    expect(isTableName(name)).toBe(false);
    expect(() => subjects.table(name)).toThrow('not an id');
  });
});
