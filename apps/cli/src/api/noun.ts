/** A kind of object that the API has: how it is spelled there, and what lists of it show. */
export interface Noun {
  /** Below `/v2.0/`. */
  readonly path: string;
  readonly singular: string;
  readonly plural: string;
  /** For people: one of them, and several. */
  readonly title: string;
  readonly titles: string;
  /** Whether users may say its name instead of its id; the others go to the API as they were given. */
  readonly named: boolean;
  /** What the reference client lists. */
  readonly columns: readonly string[];
  /** What our own form of the command lists. */
  readonly modernColumns: readonly string[];
}

export const GATEWAY: Noun = {
  path: 'l2-gateways',
  singular: 'l2_gateway',
  plural: 'l2_gateways',
  title: 'gateway',
  titles: 'gateways',
  named: true,
  columns: ['id', 'name', 'devices'],
  modernColumns: ['id', 'name', 'devices'],
};

export const CONNECTION: Noun = {
  path: 'l2-gateway-connections',
  singular: 'l2_gateway_connection',
  plural: 'l2_gateway_connections',
  title: 'connection',
  titles: 'connections',
  named: false,
  columns: ['id', 'l2_gateway_id', 'network_id', 'segmentation_id'],
  modernColumns: ['id', 'l2_gateway_id', 'network_id', 'segmentation_id', 'status', 'status_reason'],
};

export const REMOTE_GATEWAY: Noun = {
  path: 'l2-remote-gateways',
  singular: 'l2_remote_gateway',
  plural: 'l2_remote_gateways',
  title: 'remote gateway',
  titles: 'remote gateways',
  named: true,
  columns: ['id', 'name', 'ipaddr'],
  modernColumns: ['id', 'name', 'ipaddr', 'status'],
};

export const REMOTE_CONNECTION: Noun = {
  path: 'l2-remote-gateway-connections',
  singular: 'l2_remote_gateway_connection',
  plural: 'l2_remote_gateway_connections',
  title: 'remote gateway connection',
  titles: 'remote gateway connections',
  named: false,
  columns: ['id', 'l2_gateway_id', 'network_id', 'segmentation_id'],
  modernColumns: ['id', 'l2_gateway_id', 'network_id', 'remote_gateway_id', 'segmentation_id', 'flood', 'status'],
};

export const REMOTE_MAC: Noun = {
  path: 'l2-remote-macs',
  singular: 'l2_remote_mac',
  plural: 'l2_remote_macs',
  title: 'remote MAC',
  titles: 'remote MACs',
  named: false,
  columns: ['uuid', 'mac', 'ip_addr', 'rgw_connection'],
  modernColumns: ['id', 'mac', 'ipaddr', 'rgw_connection', 'origin', 'state'],
};

export const PEER: Noun = {
  path: 'l2-sync-peers',
  singular: 'l2_sync_peer',
  plural: 'l2_sync_peers',
  title: 'peer',
  titles: 'peers',
  named: true,
  columns: ['id', 'name', 'cloud', 'state', 'state_reason', 'accepted'],
  modernColumns: ['id', 'name', 'cloud', 'state', 'state_reason', 'accepted'],
};

export const CONFLICT: Noun = {
  path: 'l2-sync-conflicts',
  singular: 'l2_sync_conflict',
  plural: 'l2_sync_conflicts',
  title: 'conflict',
  titles: 'conflicts',
  named: false,
  columns: ['id', 'kind', 'network_id', 'mac', 'ip', 'reason', 'since'],
  modernColumns: ['id', 'kind', 'network_id', 'mac', 'ip', 'reason', 'since'],
};

export const NETWORK: Noun = {
  path: 'networks',
  singular: 'network',
  plural: 'networks',
  title: 'network',
  titles: 'networks',
  named: true,
  columns: ['id', 'name', 'provider:network_type', 'provider:segmentation_id'],
  modernColumns: ['id', 'name', 'provider:network_type', 'provider:segmentation_id'],
};

/** Its id is its name. */
export const SWITCH: Noun = {
  path: 'l2-switches',
  singular: 'l2_switch',
  plural: 'l2_switches',
  title: 'switch',
  titles: 'switches',
  named: false,
  columns: ['name', 'status', 'status_reason', 'tunnel_ips', 'description'],
  modernColumns: ['name', 'status', 'status_reason', 'tunnel_ips', 'description'],
};
