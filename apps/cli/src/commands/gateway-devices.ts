/** The `devices` of an update: a change that names no device is for the only one that the gateway has. */
import type { ApiClient } from '../api/api-client.js';
import { GATEWAY } from '../api/noun.js';
import { rowsIn, textOf } from '../api/row.js';
import { UsageError } from '../failures.js';
import { type DeviceChange, changeBody } from '../syntax/device-changes.js';

export async function devicesAfter(
  api: ApiClient,
  id: string,
  changes: readonly DeviceChange[],
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const unnamed = changes.some(({ device }) => device === undefined);
  const only = unnamed ? await onlyDevice(api, id) : '';
  return changes.map((change) => changeBody(change, change.device ?? only));
}

async function onlyDevice(api: ApiClient, id: string): Promise<string> {
  const devices = rowsIn(await api.show(GATEWAY, id), 'devices') ?? [];
  const names = devices.map((device) => textOf(device, 'device_name'));
  const [name, ...others] = names;
  if (name !== undefined && others.length === 0) return name;
  throw new UsageError(`the gateway has ${names.length} devices: say --device name=… with one of ${names.join(', ')}`);
}
