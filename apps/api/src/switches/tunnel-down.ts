/** What an agent reports of a tunnel. */
export interface TunnelState {
  /** `bfd_status:state`, verbatim. */
  readonly state: string;
  /** Why it does not forward; empty if it does. */
  readonly fault: string;
}

/** Whether BFD has found out that nothing passes; a tunnel that is not watched (RFC 5880, AdminDown), or not there, is not known to be down. */
export function isTunnelDown(tunnel: TunnelState): boolean {
  return tunnel.state === 'down' || (tunnel.fault !== '' && tunnel.state !== 'admin_down');
}

/**
 * SQL for a list of the switches that have the gateway connection of a stretch, with what they report of their tunnels to its remote
 * gateway. `stretch`: a row with `network_id` and `l2_gateway_id`; `vtep`: the remote gateway's IP.
 */
export const tunnelsTo = (stretch: string, vtep: string): string => `(
  SELECT coalesce(jsonb_agg(jsonb_build_object('switch', bound.device_name, 'tunnel', said.row) ORDER BY bound.device_name), '[]')
  FROM (SELECT DISTINCT device_name FROM binding JOIN l2_gateway_connection AS connected ON connected.id = connection_id
    WHERE binding.network_id = ${stretch}.network_id AND connected.l2_gateway_id = ${stretch}.l2_gateway_id) AS bound
  JOIN switch ON switch.name = bound.device_name
  JOIN pushed_row AS said ON said.table_name = 'report/' || switch.id AND said.key = 'tunnel/' || ${vtep} AND said.row <> '{}'
)`;

/** A switch that has a stretch, and what it reports of its tunnel there. */
export interface SwitchTunnel {
  readonly switch: string;
  readonly tunnel: TunnelState;
}
