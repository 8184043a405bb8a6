/** The yardstick of an agent's restart: what it costs to fetch the tables of a switch once and to parse them. */
import { once } from 'node:events';
import { connect } from 'node:net';

const TABLES = {
  Physical_Switch: ['name', 'tunnel_ips', 'ports'],
  Physical_Port: ['name', 'vlan_bindings'],
  Logical_Switch: ['name', 'description', 'tunnel_key', 'replication_mode', 'other_config'],
  Ucast_Macs_Remote: ['MAC', 'logical_switch', 'locator', 'ipaddr'],
  Mcast_Macs_Remote: ['MAC', 'logical_switch', 'locator_set', 'ipaddr'],
  Physical_Locator: ['encapsulation_type', 'dst_ip', 'tunnel_key'],
};

/** Milliseconds from the request to the parsed answer. */
export async function dumpAndParse(socketPath: string): Promise<number> {
  const socket = connect(socketPath);
  await once(socket, 'connect');
  const begun = performance.now();
  const tables = Object.entries(TABLES).map(([table, columns]) => [table, [{ columns }]]);
  const params = ['hardware_vtep', 'dump', Object.fromEntries(tables)];
  socket.write(JSON.stringify({ method: 'monitor_cond', id: 1, params }));
  JSON.parse(await oneMessage(socket));
  const milliseconds = performance.now() - begun;
  socket.destroy();
  return milliseconds;
}

/** Nothing of what a switch of ours holds has a brace in a text. */
async function oneMessage(socket: ReturnType<typeof connect>): Promise<string> {
  const chunks: Buffer[] = [];
  let depth = 0;
  for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    for (let at = 0; at < chunk.length; at += 1) depth += chunk[at] === 0x7b ? 1 : chunk[at] === 0x7d ? -1 : 0;
    if (depth === 0) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}
