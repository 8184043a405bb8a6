import { DesiredNetwork } from './desired-network.js';
import { decodeEntry, type NetworkEntry } from './wish.js';

/** As much of a replica as is asked for. */
class Rows {
  readonly complete = true;
  readonly confirmed = true;
  private readonly rows = new Map<string, NetworkEntry>();

  get(key: string): NetworkEntry | undefined {
    return this.rows.get(key);
  }

  put(key: string, vtep = '192.0.2.1'): void {
    const row = key.startsWith('mac/') ? { place: { vtep }, ips: [], kind: 'port' } : { kind: 'host' };
    this.rows.set(key, decodeEntry(key, row));
  }

  drop(key: string): void {
    this.rows.delete(key);
  }
}

describe('A network as it is wanted', () => {
  const M1 = '02:00:00:00:00:0a';
  let rows: Rows;
  let network: DesiredNetwork;

  beforeEach(() => {
    rows = new Rows();
    network = new DesiredNetwork(rows, 'tor1');
  });

  const vtepOf = (mac: string) => {
    const row = network.mac(mac);
    return typeof row === 'object' && 'vtep' in row ? row.vtep : row;
  };

  it('has the MACs and flood members of its table, and tells which of them a change is about', () => {
    rows.put(`mac/${M1}`);
    rows.put('vtep/192.0.2.1');
    expect(network.take([`mac/${M1}`, 'vtep/192.0.2.1'])).toEqual({ macs: [M1], flood: true, remotes: false });
    expect([[...network.vteps], [...network.macs()].map((each) => each.mac)]).toEqual([['192.0.2.1'], [M1]]);
    expect(network.take(['vtep/192.0.2.1'])).toEqual({ macs: [], flood: false, remotes: false });
    rows.drop('vtep/192.0.2.1');
    rows.drop(`mac/${M1}`);
    expect(network.take([`mac/${M1}`, 'vtep/192.0.2.1'])).toEqual({ macs: [M1], flood: true, remotes: false });
    expect([vtepOf(M1), [...network.vteps]]).toEqual([undefined, []]);
  });

  it.each([
    ['put, then dropped under the other name', ['mac/02-00-00-00-00-0A', `mac/${M1}`]],
    ['dropped, then put under the other name', [`mac/${M1}`, 'mac/02-00-00-00-00-0A']],
  ])('finds a MAC by its canonical spelling, also when it is %s', (_, order) => {
    rows.put(`mac/${M1}`);
    network.take([`mac/${M1}`]);
    rows.drop(`mac/${M1}`);
    rows.put('mac/02-00-00-00-00-0A', '192.0.2.2');
    network.take(order);
    expect(vtepOf(M1)).toBe('192.0.2.2');
    rows.drop('mac/02-00-00-00-00-0A');
    network.take(['mac/02-00-00-00-00-0A']);
    expect(vtepOf(M1)).toBeUndefined();
  });

  it.each([
    ['a row that it cannot read', M1, 'nowhere'],
    ['a group', '01:00:5e:00:00:01', '192.0.2.1'],
    ['the zero MAC', '00:00:00:00:00:00', '192.0.2.1'],
  ])('has no place for %s', (_, mac, vtep) => {
    rows.put(`mac/${mac}`, vtep);
    network.take([`mac/${mac}`]);
    expect(network.mac(mac)).toBe('unreadable');
    expect([...network.macs()]).toEqual([]);
  });
});
