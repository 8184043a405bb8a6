/** SQL of what a network that is shared with other clouds consists of, and of what the compiler makes of it. */
/** Of nobody else. */
export const GATEWAY_MAC = '02:00:00:00:00:ff';
export const EVERY_CLOUD = `INSERT INTO cloud (id) VALUES ('north') ON CONFLICT DO NOTHING`;
export const PEER = `INSERT INTO sync_peer (id, name, cloud, servers, keys, enabled, policy, limits, stale_seconds)
  VALUES (gen_random_uuid(), $1::text, $1::text, '[]', '[]', true, '{}', '{}', 60) ON CONFLICT DO NOTHING`;
export const GATEWAY = `WITH gateway AS (INSERT INTO l2_gateway (id, name, project_id, devices) VALUES ($1, '', 'p', '[]'))
  INSERT INTO l2_gateway_connection (id, l2_gateway_id, network_id, project_id, port_id) SELECT $1, $1, $2, 'p', id FROM port WHERE network_id = $2`;
export const REMOTE = `WITH remote AS (INSERT INTO remote_gateway (id, name, ipaddr, project_id, sync_peer_id)
    SELECT $1, '', '198.51.100.1', 'p', id FROM sync_peer WHERE cloud = $2 RETURNING id)
  INSERT INTO remote_gateway_connection (id, l2_gateway_id, network_id, remote_gateway_id, project_id, flood)
  SELECT $1, $3, $4, id, 'p', true FROM remote`;

const CLAIMS = `SELECT *, withheld OR EXISTS (SELECT FROM derived_row WHERE table_name = 'network/' || $1
    AND key = 'mac/' || mac AND row::jsonb -> 'ips' ? ip) AS is_claimed FROM ip_claim WHERE network_id = $1::uuid`;
/**
 * What follows from the facts. When MACs and IPs went and what was judged is left out; of claims on an IP that are over the highest tells all,
 * and whether lower ones are remembered beside it depends on when the IP was looked at last.
 */
export const KNOWN = [
  `SELECT table_name, key, row FROM derived_row WHERE table_name IN ('network/' || $1, 'export/' || $1)`,
  `SELECT to_jsonb(known) - '{judged,gone_at,ips}'::text[] AS row, gone_at IS NULL AS stays FROM mac_sequence AS known WHERE network_id = $1::uuid`,
  `SELECT to_jsonb(known) - 'gone_at' AS row, gone_at IS NULL AS stays FROM (${CLAIMS}) AS known WHERE is_claimed`,
  `SELECT ip, max(sequence) AS sequence FROM (${CLAIMS}) AS known WHERE NOT is_claimed GROUP BY ip`,
  `SELECT to_jsonb(known) AS row FROM ip_settling AS known WHERE network_id = $1::uuid`,
  `SELECT to_jsonb(known) - 'since' AS row FROM sync_conflict AS known WHERE network_id = $1::uuid`,
];
