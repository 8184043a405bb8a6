/** Gateways: the ports and VLANs of switches that networks are connected to. */
import { Option } from 'commander';
import { findId } from '../api/find-id.js';
import { GATEWAY } from '../api/noun.js';
import { UsageError } from '../failures.js';
import { type DeviceSpec, parseDevice } from '../syntax/device.js';
import { type DeviceWord, readDeviceChanges } from '../syntax/device-changes.js';
import { interfaceBody } from '../syntax/interfaces.js';
import { collect } from '../syntax/option-values.js';
import { command } from './command.js';
import { deleteCommand, listCommand, showCommand, showCreated, verb } from './common.js';
import { devicesAfter } from './gateway-devices.js';

const NAMES = { noun: 'gateway', specified: 'l2-gateway' };
const DEVICE = 'name=SWITCH,interface_names=PORT[:VLAN[,VLAN…]][;PORT…], also spelled PORT|VLAN#VLAN; repeatable';

interface UpdateOptions {
  readonly name?: string;
  /** Devices, additions and removals in the order in which they were given. */
  readonly device?: readonly DeviceWord[];
}

const create = command<{ readonly device?: readonly string[] }>({
  ...verb(NAMES, 'create'),
  summary: 'Create a gateway from ports of switches; two switches are active/active',
  takes: [['<name>', 'what the gateway is called']],
  options: () => [new Option('--device <spec>', DEVICE).argParser(collect).makeOptionMandatory()],
  run: async (session, [name = ''], { device = [] }) => {
    const devices = device.map(parseDevice).map(deviceBody);
    showCreated(session, GATEWAY, await session.api.create(GATEWAY, { name, devices }));
  },
});

const update = command<UpdateOptions>({
  ...verb(NAMES, 'update'),
  summary: 'Rename a gateway, or change the interfaces of its switches',
  takes: [['<gateway>', 'name or id']],
  options: updateOptions,
  run: async ({ api, screen }, [given = ''], { name, device = [] }) => {
    const changes = readDeviceChanges(device);
    if (name === undefined && changes.length === 0) throw new UsageError('nothing to change: give --device or --name');
    const id = await findId(api, GATEWAY, given);
    const devices = changes.length === 0 ? {} : { devices: await devicesAfter(api, id, changes) };
    screen.object(await api.update(GATEWAY, id, { ...(name === undefined ? {} : { name }), ...devices }));
  },
});

export const gatewayCommands = [
  create,
  update,
  deleteCommand(NAMES, GATEWAY),
  listCommand(NAMES, GATEWAY),
  showCommand(NAMES, GATEWAY),
];

/** All three write into one list, because an interface belongs to the device that was named before it. */
function updateOptions(): readonly Option[] {
  const words: DeviceWord[] = [];
  const kept = (option: DeviceWord['option']) => (text: string) => {
    words.push({ option, text });
    return words;
  };
  const option = (flags: string, description: string, kind: DeviceWord['option']) => {
    const made = new Option(flags, description).argParser(kept(kind));
    made.attributeName = () => 'device';
    return made;
  };
  return [
    new Option('--name <name>', 'a new name'),
    option(
      '--device <spec>',
      'name=SWITCH, or with interface_names=… to replace all its interfaces; repeatable',
      'device',
    ),
    option('--add-interface <port[:vlans]>', 'add to the device named before it; repeatable', 'add'),
    option('--remove-interface <port>', 'remove from the device named before it; repeatable', 'remove'),
  ];
}

function deviceBody({ name, interfaces }: DeviceSpec): Readonly<Record<string, unknown>> {
  if (interfaces === undefined) throw new UsageError(`device ${name} has no interface_names=`);
  return { device_name: name, interfaces: interfaces.map(interfaceBody) };
}
