/** The words of the PLUMgrid specification and Neutron's, each translated to the other. */

type Dictionary = Readonly<Record<string, unknown>>;

/** Attributes of a connection, PLUMgrid's name first. */
const CONNECTION = [
  ['connection_id', 'id'],
  ['gateway_id', 'l2_gateway_id'],
  ['default_segmentation_id', 'segmentation_id'],
] as const;

const TO_NEUTRON: ReadonlyMap<string, string> = new Map(CONNECTION);
const TO_PLUMGRID: ReadonlyMap<string, string> = new Map(CONNECTION.map(([ours, neutrons]) => [neutrons, ours]));

/** Parameters whose values name attributes. */
const NAMING = new Set(['fields', 'sort_key']);

/** A query string in Neutron's words. */
export function neutronQuery(collection: string, query: string): string {
  if (collection !== 'l2-gateway-connections') return query;
  const translated = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(query)) {
    translated.append(TO_NEUTRON.get(name) ?? name, NAMING.has(name) ? (TO_NEUTRON.get(value) ?? value) : value);
  }
  return translated.toString();
}

/** An answer in PLUMgrid's words: connections stand for themselves, VLANs are numbers under `segmentation-id`. */
export function plumgridAnswer(collection: string, answer: unknown): unknown {
  if (!isDictionary(answer)) return answer;
  const { l2_gateway_connection: connection } = answer;
  if (collection === 'l2-gateway-connections' && isDictionary(connection)) return plumgridConnection(connection);
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(translate(name)) : translate(name)(value),
    ]),
  );
}

function translate(name: string): (value: unknown) => unknown {
  if (name.endsWith('_links')) return link;
  return (value) => {
    if (!isDictionary(value)) return value;
    if (name === 'l2_gateway_connections') return plumgridConnection(value);
    return name === 'l2_gateway' || name === 'l2_gateways' ? plumgridGateway(value) : value;
  };
}

function plumgridConnection(connection: Dictionary): Dictionary {
  return Object.fromEntries(
    Object.entries(connection).map(([name, value]) => [
      TO_PLUMGRID.get(name) ?? name,
      name === 'segmentation_id' ? vlan(value) : value,
    ]),
  );
}

/** Null where every interface of the gateway names its own. */
function vlan(value: unknown): number | null {
  return value === '' ? null : Number(value);
}

function plumgridGateway(gateway: Dictionary): Dictionary {
  const { devices } = gateway;
  if (!Array.isArray(devices)) return gateway;
  return { ...gateway, devices: devices.map((device: unknown) => withInterfaces(device)) };
}

function withInterfaces(device: unknown): unknown {
  if (!isDictionary(device) || !Array.isArray(device['interfaces'])) return device;
  const interfaces = device['interfaces'].filter(isDictionary).map(({ segmentation_id: vlans, ...others }) => ({
    ...others,
    'segmentation-id': Array.isArray(vlans) ? vlans.map(Number) : [],
  }));
  return { ...device, interfaces };
}

function link(value: unknown): unknown {
  if (!isDictionary(value) || typeof value['href'] !== 'string') return value;
  return { ...value, href: value['href'].replace('/v2.0/', '/v2/') };
}

export function isDictionary(value: unknown): value is Dictionary {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
