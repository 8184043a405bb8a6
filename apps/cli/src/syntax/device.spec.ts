import { parseDevice } from './device.js';

const eth1 = { name: 'eth1', vlans: [100, 101] };
const eth2 = { name: 'eth2', vlans: [] };

describe('A device on the command line', () => {
  it.each([
    ['name=tor1,interface_names=eth1:100,101;eth2', { name: 'tor1', interfaces: [eth1, eth2] }],
    ['name=tor1,interface_names=eth1|100#101;eth2', { name: 'tor1', interfaces: [eth1, eth2] }],
    ["name=tor1,interface_names='eth1|100#101;eth2'", { name: 'tor1', interfaces: [eth1, eth2] }],
    ['interface_names=eth1:100,101,name=tor1', { name: 'tor1', interfaces: [eth1] }],
    ['name=tor1', { name: 'tor1' }],
  ])('%s', (text, device) => {
    expect(parseDevice(text)).toEqual(device);
  });

  it.each([
    ['', 'a device is name=SWITCH,interface_names='],
    ['tor1', 'not "tor1"'],
    ['name=,interface_names=eth1', 'a device is name=SWITCH'],
    ['tor1,interface_names=eth1', 'a device is name=SWITCH'],
    ['name=a,name=b', 'a device with two name='],
    ['name=tor1,interface_names=', 'an interface without a name'],
  ])('%j is refused: %s', (text, message) => {
    expect(() => parseDevice(text)).toThrow(message);
  });
});
