import { IS_ROUTER } from '../inventory/router-port.js';

/** SQL of the clouds by which what another one says has come. */
export function pathOf(row: string, cloud: string): string {
  return `coalesce(${row} -> 'path', jsonb_build_array(${cloud}))`;
}

/**
 * Facts are looked up by the index, all names of a network in one walk (`OFFSET 0` keeps a join from being made of it): PostgreSQL may not
 * know yet how many rows the table of a switch or of another cloud has, and would read all of them, those of all other networks, too, in
 * each round.
 */
const lookUp = (select: string): string => `CROSS JOIN LATERAL (${select} OFFSET 0)`;

const PORT = lookUp(`SELECT port.*, port_mac.ips, port_mac.mac FROM port_mac JOIN port ON port.id = port_id
    WHERE port_mac.network_id = wanted.network AND port_mac.mac = ANY (wanted.names)`);
const LEARNED_ROW = lookUp(
  `SELECT * FROM learned_mac WHERE logical_switch = wanted.network::text AND mac = ANY (wanted.names)`,
);
const REPORT = lookUp(`SELECT row FROM pushed_row WHERE table_name = 'report/' || switch.id AND key = 'switch'`);
const STATED = lookUp(`SELECT * FROM remote_mac WHERE network_id = wanted.network AND mac = ANY (wanted.names)`);
const IMPORTED_ROW = lookUp(`SELECT key, row, hash, arrival, since FROM pushed_row
    WHERE table_name = stretch.table_name AND key = ANY (wanted.names) AND row <> '{}'`);

type Described = Readonly<
  Record<'port' | 'learned' | 'stated' | 'imported' | 'moved' | 'sequence' | 'unjudged' | 'more', string>
>;

/** A port keeps its fixed IPs where port security sees to it, which is on a host. Its address pairs can be those of other ports, too. */
const FIXED = `CASE WHEN port.mac = port.mac_address
    THEN (SELECT jsonb_agg(each -> 'ip_address') FROM jsonb_array_elements(fixed_ips) AS each) END`;
const IS_SECURED = `vtep_ip IS NOT NULL AND coalesce((extras ->> 'port_security_enabled')::boolean,
    (SELECT port_security_enabled FROM network WHERE network.id = port.network_id))`;

/**
 * SQL of who a candidate of each kind is. A switch may say behind which of its own tunnel IPs a MAC is, if its operator has not chosen one,
 * but no address that is not its own. A network has few stretches and many MACs: its stretches are looked up once for all of them.
 */
const candidates = ({ port, learned, stated, imported, moved, sequence, unjudged, more }: Described): string => `
  WITH wanted AS (SELECT network, names::text[], at FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS wanted (network, names, at)),
    stretch AS MATERIALIZED (SELECT * FROM sync_stretch WHERE network_id IN (SELECT network FROM wanted))
  SELECT at, name, kind, connection, vtep, ips, claim, immutable, routers, cloud, said, unjudged${more}
  FROM (
    SELECT claimed.*, ${moved} AS moved, ${sequence} AS sequence, (SELECT id FROM cloud) AS cloud, NULL::jsonb AS said, NULL::bigint AS unjudged FROM (
      SELECT network, at, port.mac AS name, 'port' AS kind, NULL::uuid AS connection, vtep_ip AS vtep, ips, claim, ${port} AS origin,
        CASE WHEN ${IS_SECURED} THEN ${FIXED} END AS immutable, CASE WHEN ${IS_ROUTER} THEN ${FIXED} END AS routers
      FROM wanted ${PORT} AS port
      LEFT JOIN host_vtep ON host_vtep.host = port.host_id
      UNION ALL
      SELECT network, at, learned.mac, 'learned', NULL,
        CASE WHEN switch.settings ->> 'tunnel_ip' IS NULL AND report.row -> 'tunnelIps' ? (learned.row ->> 'vtep') THEN learned.row ->> 'vtep'
          ELSE switch_vtep(switch.settings, report.row) END,
        array_remove(ARRAY[learned.row ->> 'ip'], NULL), learned.arrival, ${learned}, NULL::jsonb, NULL::jsonb
      FROM wanted ${LEARNED_ROW} AS learned JOIN switch ON switch.id = substr(learned.table_name, 9) ${REPORT} AS report
      WHERE EXISTS (SELECT FROM binding WHERE network_id = wanted.network AND device_name = switch.name)
      UNION ALL
      SELECT network, at, remote_mac.mac, 'static', connection_id, NULL, array_remove(ARRAY[ipaddr], ''), 0, ${stated}, NULL::jsonb, NULL::jsonb
      FROM wanted ${STATED} AS remote_mac
    ) AS claimed
    UNION ALL
    SELECT network, at, said.key, 'imported', stretch.id, NULL, NULL, said.arrival, ${imported}, NULL, NULL, NULL, NULL, stretch.cloud, said.row, ${unjudged}
    FROM wanted JOIN stretch ON stretch.network_id = wanted.network ${IMPORTED_ROW} AS said
  ) AS said`;

/** The compiler finds out by itself; each column costs time, even if nothing is in it. */
const UNDECIDED = {
  moved: 'NULL::jsonb',
  sequence: 'NULL::bigint',
  more: '',
  unjudged: `(SELECT said.hash WHERE NOT EXISTS (SELECT FROM mac_sequence
      WHERE network_id = network AND mac = said.key AND judged = said.hash AND owner = stretch.cloud OFFSET 0))`,
};

const IS_FROZEN = `said.kind <> 'static' AND coalesce((SELECT is_frozen AND stable IS DISTINCT FROM said.cloud FROM mac_sequence
    WHERE network_id = said.network AND mac = said.name), false)`;
const WITHHELD = `(SELECT jsonb_agg(ip) FROM mac_sequence AS known JOIN jsonb_array_elements_text(known.ips) AS each (ip) ON true JOIN ip_claim USING (network_id, mac, ip)
    WHERE network_id = said.network AND mac = said.name AND withheld)`;
/** As the compiler has decided. */
const DECIDED = {
  unjudged: 'NULL',
  sequence: '(SELECT own FROM mac_sequence WHERE network_id = claimed.network AND mac = claimed.name)',
  more: `, origin, moved, sequence, ${IS_FROZEN} AS is_frozen, ${WITHHELD} AS withheld`,
  moved: `(SELECT jsonb_agg(jsonb_build_object('ip', ip, 'sequence', ip_claim.sequence)) FROM unnest(claimed.ips) AS each (ip) JOIN ip_claim USING (ip)
    WHERE network_id = claimed.network AND mac = claimed.name AND is_ours AND ip_claim.sequence > 0)`,
};

/** Everybody who claims MACs of networks: `$1` the networks, `$2` the MACs of each, as `wantedOf` gives them. `at`: which of the networks. */
export const CANDIDATES = candidates({ port: 'NULL', learned: 'NULL', stated: 'NULL', imported: 'NULL', ...UNDECIDED });

const rfc3339 = (time: string): string => `to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
/** The same, and who each of them is. */
export const DESCRIBED_CANDIDATES = candidates({
  port: `jsonb_build_object('port_id', port.id, 'host', host_id, 'device_owner', device_owner, 'updated_at', ${rfc3339('port.updated_at')})`,
  learned: `jsonb_build_object('switch', switch.name, 'row', split_part(learned.key, '/', 3), 'since', ${rfc3339('learned.since')})`,
  stated: `jsonb_build_object('remote_mac_id', remote_mac.id, 'rgw_connection', connection_id, 'since', ${rfc3339('remote_mac.created_at')})`,
  imported: `jsonb_build_object('sync_peer_id', stretch.peer_id, 'cloud', stretch.cloud, 'rgw_connection', stretch.id,
    'static', coalesce((said.row ->> 'static')::boolean, false), 'path', ${pathOf('said.row', 'stretch.cloud')}, 'since', ${rfc3339('said.since')})`,
  ...DECIDED,
});
