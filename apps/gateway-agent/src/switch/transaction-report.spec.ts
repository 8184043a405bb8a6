import { assertLock, deleteRows, expectRows, insert, rowIs } from '@l2gw/ovsdb';
import { countOperations } from './transaction-report.js';

const ROW = '6e8b0a6e-3c5c-4f0a-9d57-7d3f2a0e7b11';

describe('Of a transaction it is counted', () => {
  it('how many operations of each kind change each table', () => {
    const operations = [
      insert('Ucast_Macs_Remote', { MAC: '02:00:00:00:00:01' }),
      deleteRows('Mcast_Macs_Remote', rowIs(ROW)),
      insert('Ucast_Macs_Remote', { MAC: '02:00:00:00:00:02' }),
    ];
    expect(countOperations(operations)).toEqual([
      { op: 'insert', table: 'Ucast_Macs_Remote', count: 2 },
      { op: 'delete', table: 'Mcast_Macs_Remote', count: 1 },
    ]);
  });

  it('nothing of what only looks', () => {
    const looking = [assertLock('l2gw'), expectRows('Physical_Port', rowIs(ROW), ['name'], [{ name: 'Ethernet1' }])];
    expect(countOperations(looking)).toEqual([]);
  });
});
