import { readLearned } from './read-learned.js';

const LOCAL = { id: 'uuid', network: 'n1', text: '02-00-00-00-00-0A', vtep: '10.0.0.1', ip: '10.1.0.5' };

describe('A learned MAC', () => {
  it('is told in canonical form, under a key that names its row', () => {
    expect(readLearned(LOCAL)).toEqual({
      key: 'n1/02:00:00:00:00:0a/uuid',
      row: { logicalSwitch: 'n1', mac: '02:00:00:00:00:0a', vtep: '10.0.0.1', ip: '10.1.0.5' },
    });
  });

  it('is told without what the switch does not say, or says in no known form', () => {
    const row = { logicalSwitch: 'n1', mac: '02:00:00:00:00:0a' };
    expect(readLearned({ ...LOCAL, vtep: undefined, ip: '' })).toMatchObject({ row });
    expect(readLearned({ ...LOCAL, vtep: '2001:db8::1', ip: 'nowhere' })).toEqual(expect.objectContaining({ row }));
  });

  it.each(['hello', '', '01:00:5e:00:00:01', '00:00:00:00:00:00'])('is not told if it is %j', (text) => {
    expect(readLearned({ ...LOCAL, text })).toBe('invalid');
  });

  it('is not told on a logical switch of others', () => {
    expect(readLearned({ ...LOCAL, network: undefined })).toBe('foreign');
  });
});
