import { type DeviceWord, changeBody, readDeviceChanges } from './device-changes.js';

/** `device name=a`, `add eth1:5`, `remove eth2`. */
function words(...lines: readonly string[]): readonly DeviceWord[] {
  return lines.map((line) => {
    const [option, text = ''] = line.split(' ');
    return { option: option as DeviceWord['option'], text };
  });
}

const bodies = (...lines: readonly string[]) =>
  readDeviceChanges(words(...lines)).map((change) => changeBody(change, change.device ?? 'the only one'));

describe('Changes of a gateway', () => {
  it('replace the interfaces of a device', () => {
    expect(bodies('device name=a,interface_names=eth1:5')).toEqual([
      { device_name: 'a', interfaces: [{ name: 'eth1', segmentation_id: ['5'] }] },
    ]);
  });

  it.each([
    ['before its device', ['add eth1:5,6', 'device name=a']],
    ['behind its device', ['device name=a', 'add eth1:5,6']],
  ])('add an interface that stands %s', (_, lines) => {
    expect(bodies(...lines)).toEqual([
      { device_name: 'a', new_interfaces: [{ name: 'eth1', segmentation_id: ['5', '6'] }] },
    ]);
  });

  it('are for the device that stands before them', () => {
    expect(bodies('device name=a', 'add eth1', 'remove eth2', 'device name=b', 'remove eth3;eth4')).toEqual([
      { device_name: 'a', new_interfaces: [{ name: 'eth1' }], deleted_interfaces: [{ name: 'eth2' }] },
      { device_name: 'b', deleted_interfaces: [{ name: 'eth3' }, { name: 'eth4' }] },
    ]);
  });

  it('are for the only device when none is named', () => {
    expect(bodies('add eth1', 'remove eth2')).toEqual([
      { device_name: 'the only one', new_interfaces: [{ name: 'eth1' }], deleted_interfaces: [{ name: 'eth2' }] },
    ]);
    expect(bodies()).toEqual([]);
  });

  it.each([
    [['device name=a'], 'nothing to change on a'],
    [['device name=a,interface_names=eth1', 'add eth2'], 'interface_names replaces all interfaces'],
    [['add eth1', 'device name=a', 'device name=b'], 'before it is said of which --device'],
    [['device name=a', 'add eth1', 'device name=a', 'add eth2'], 'device a is named twice'],
    [['remove ;'], 'an interface without a name'],
  ])('%j are refused: %s', (lines, message) => {
    expect(() => bodies(...lines)).toThrow(message);
  });
});
