/** What a project can have so many of, in Neutron's order and words. */
export const QUOTA_RESOURCES = [
  'network',
  'subnet',
  'port',
  'l2_gateway',
  'l2_gateway_connection',
  'l2_remote_gateway',
  'l2_remote_gateway_connection',
  'l2_remote_mac',
] as const;

export type QuotaResource = (typeof QUOTA_RESOURCES)[number];

export type Limits = Readonly<Record<QuotaResource, number>>;

/** As many as the project likes. */
export const UNLIMITED = -1;
export const HIGHEST_LIMIT = 2_147_483_647;

/** The tables whose rows are counted. */
export const COUNTED: ReadonlyMap<QuotaResource, string> = new Map([
  ['network', 'network'],
  ['subnet', 'subnet'],
  ['port', 'port'],
  ['l2_gateway', 'l2_gateway'],
  ['l2_gateway_connection', 'l2_gateway_connection'],
  ['l2_remote_gateway', 'remote_gateway'],
  ['l2_remote_gateway_connection', 'remote_gateway_connection'],
  ['l2_remote_mac', 'remote_mac'],
]);

export function limitsFrom(limitOf: (resource: QuotaResource) => number): Limits {
  const entries = QUOTA_RESOURCES.map((resource) => [resource, limitOf(resource)] as const);
  return Object.fromEntries(entries) as Record<QuotaResource, number>;
}
