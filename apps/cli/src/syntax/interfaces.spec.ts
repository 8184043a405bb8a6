import { interfaceBody, parseInterfaces } from './interfaces.js';

describe('Interfaces on the command line', () => {
  it.each([
    ['eth1', [{ name: 'eth1', vlans: [] }]],
    ['eth1:100', [{ name: 'eth1', vlans: [100] }]],
    [
      'eth1:100,101;eth2',
      [
        { name: 'eth1', vlans: [100, 101] },
        { name: 'eth2', vlans: [] },
      ],
    ],
    [
      'eth1|100#101;eth2|200',
      [
        { name: 'eth1', vlans: [100, 101] },
        { name: 'eth2', vlans: [200] },
      ],
    ],
    ['Ethernet1/1:0', [{ name: 'Ethernet1/1', vlans: [0] }]],
    ['1:2:3|5', [{ name: '1:2:3', vlans: [5] }]],
    ['eth1 : 100, 101', [{ name: 'eth1', vlans: [100, 101] }]],
  ])('%s', (text, interfaces) => {
    expect(parseInterfaces(text)).toEqual(interfaces);
  });

  it.each([
    ['', 'an interface without a name: ""'],
    ['eth1;', 'an interface without a name: ""'],
    [':100', 'an interface without a name: ":100"'],
    ['eth1:', 'interface eth1: "" is not a VLAN from 0 to 4094'],
    ['eth1:4095', 'interface eth1: "4095" is not a VLAN from 0 to 4094'],
    ['eth1:1e2', 'interface eth1: "1e2" is not a VLAN from 0 to 4094'],
    ['eth1|100#x', 'interface eth1: "x" is not a VLAN from 0 to 4094'],
  ])('%j is refused: %s', (text, message) => {
    expect(() => parseInterfaces(text)).toThrow(message);
  });

  it('go to the API with texts for VLANs, and without any of them when none was named', () => {
    expect(parseInterfaces('eth1:0,7;eth2').map(interfaceBody)).toEqual([
      { name: 'eth1', segmentation_id: ['0', '7'] },
      { name: 'eth2' },
    ]);
  });
});
