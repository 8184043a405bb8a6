import type { FactsTransaction } from '../database/facts.js';
import { isUuid } from '../http/attributes.js';
import { idsOf } from '../http/named-nouns.js';
import { conflict } from '../http/neutron-error.js';
import { remoteGatewayNotFound } from '../remote-gateways/remote-gateway-store.js';
import { forgetImports, markShared } from './mark-shared.js';

interface Gateway {
  readonly id: string;
  readonly sync_peer_id: string | null;
}

/**
 * Makes these the remote gateways of the peer, and no others: what it has said over one that is no longer its goes. Throws 404 for one
 * that there is not, 409 for one of another peer.
 */
export async function attachGateways(tx: FactsTransaction, peer: string, wanted: readonly string[]): Promise<void> {
  const named = await idsOf(tx.db, 'l2-remote-gateways', wanted);
  const ids = wanted.map((each) => named.get(each) ?? each);
  const locked: Gateway[] = await tx.db.query(
    'SELECT id, sync_peer_id FROM remote_gateway WHERE id = ANY ($1::uuid[]) OR sync_peer_id = $2 ORDER BY id FOR UPDATE',
    [ids.filter(isUuid), peer],
  );
  const kept = ids.map((id) => requireFree(locked, id, peer));
  const gone = locked.filter((each) => each.sync_peer_id === peer && !kept.includes(each.id)).map((each) => each.id);
  const added = locked.filter((each) => each.sync_peer_id !== peer).map((each) => each.id);
  await forgetImports(tx, await stretchesOf(tx, gone));
  await tx.db.query('UPDATE remote_gateway SET sync_peer_id = NULL WHERE id = ANY ($1::uuid[])', [gone]);
  await tx.db.query('UPDATE remote_gateway SET sync_peer_id = $2 WHERE id = ANY ($1::uuid[])', [added, peer]);
  await markShared(tx, [...gone, ...added]);
}

/** The gateway's id in its own spelling. */
function requireFree(gateways: readonly Gateway[], id: string, peer: string): string {
  const plain = (text: string): string => text.replaceAll('-', '').toLowerCase();
  const gateway = gateways.find((each) => plain(each.id) === plain(id));
  if (gateway === undefined) throw remoteGatewayNotFound(id);
  if (gateway.sync_peer_id === null || gateway.sync_peer_id === peer) return gateway.id;
  throw conflict(
    'L2SyncPeerRemoteGatewayInUse',
    `L2 Remote Gateway ${gateway.id} belongs to sync peer ${gateway.sync_peer_id} already: take it away from that one first.`,
  );
}

/** Locked, so that none is taken in or made meanwhile. */
async function stretchesOf(tx: FactsTransaction, gateways: readonly string[]): Promise<readonly string[]> {
  const rows: { id: string }[] = await tx.db.query(
    'SELECT id FROM remote_gateway_connection WHERE remote_gateway_id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE',
    [gateways],
  );
  return rows.map((row) => row.id);
}
