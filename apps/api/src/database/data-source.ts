import { DataSource } from 'typeorm';
import { GatewayEntity } from '../gateways/gateway.entity.js';
import { ConnectionEntity } from '../connections/connection.entity.js';
import { HostEntity } from '../inventory/host.entity.js';
import { NetworkEntity } from '../inventory/network.entity.js';
import { PortEntity } from '../inventory/port.entity.js';
import { SubnetEntity } from '../inventory/subnet.entity.js';
import { RemoteConnectionEntity } from '../remote-gateways/remote-connection.entity.js';
import { RemoteGatewayEntity } from '../remote-gateways/remote-gateway.entity.js';
import { SyncPeerEntity } from '../sync/peer.entity.js';
import { SwitchEntity } from '../switches/switch.entity.js';
import { Facts1700000000001 } from './migrations/0001-facts.js';
import { Tables1700000000002 } from './migrations/0002-tables.js';
import { Subnets1700000000003 } from './migrations/0003-subnets.js';
import { Tags1700000000004 } from './migrations/0004-tags.js';
import { Remote1700000000005 } from './migrations/0005-remote.js';
import { Audit1700000000006 } from './migrations/0006-audit.js';
import { Quotas1700000000007 } from './migrations/0007-quotas.js';
import { Since1700000000008 } from './migrations/0008-since.js';
import { Extras1700000000010 } from './migrations/0010-extras.js';
import { SwitchSettings1700000000011 } from './migrations/0011-switch-settings.js';
import { VniHolds1700000000014 } from './migrations/0014-vni-holds.js';
import { SyncPeers1700000000020 } from './migrations/0020-sync-peers.js';
import { SyncSession1700000000021 } from './migrations/0021-sync-session.js';
import { MacSequences1700000000022 } from './migrations/0022-mac-sequences.js';
import { Transit1700000000023 } from './migrations/0023-transit.js';
import { IpClaims1700000000025 } from './migrations/0025-ip-claims.js';
import { TunnelPolicy1700000000026 } from './migrations/0026-tunnel-policy.js';
import { RemoteMacPlaces1700000000027 } from './migrations/0027-remote-mac-places.js';
import { SureLookups1700000000029 } from './migrations/0029-sure-lookups.js';
import { LeanClaims1700000000030 } from './migrations/0030-lean-claims.js';
import { LeanPushes1700000000031 } from './migrations/0031-lean-pushes.js';
import { Drops1700000000032 } from './migrations/0032-drops.js';
import { MarkLists1700000000033 } from './migrations/0033-mark-lists.js';
import { JudgedMacs1700000000034 } from './migrations/0034-judged-macs.js';
import { preparedClient } from './prepared-client.js';

export interface DatabaseSettings {
  readonly url: string;
  /** PEM of the authority that signed the server's certificate; with it the connection is TLS and verified. */
  readonly ca?: string;
  readonly connections: number;
}

export function createDataSource(settings: DatabaseSettings): DataSource {
  return new DataSource({
    type: 'postgres',
    url: settings.url,
    poolSize: settings.connections,
    applicationName: 'l2gw-api',
    extra: { Client: preparedClient() },
    ...(settings.ca ? { ssl: { ca: settings.ca, rejectUnauthorized: true } } : {}),
    entities: [
      NetworkEntity,
      SubnetEntity,
      PortEntity,
      HostEntity,
      GatewayEntity,
      ConnectionEntity,
      SwitchEntity,
      RemoteGatewayEntity,
      RemoteConnectionEntity,
      SyncPeerEntity,
    ],
    migrations: [
      Facts1700000000001,
      Tables1700000000002,
      Subnets1700000000003,
      Tags1700000000004,
      Remote1700000000005,
      Audit1700000000006,
      Quotas1700000000007,
      Since1700000000008,
      Extras1700000000010,
      SwitchSettings1700000000011,
      VniHolds1700000000014,
      SyncPeers1700000000020,
      SyncSession1700000000021,
      MacSequences1700000000022,
      Transit1700000000023,
      IpClaims1700000000025,
      TunnelPolicy1700000000026,
      RemoteMacPlaces1700000000027,
      SureLookups1700000000029,
      LeanClaims1700000000030,
      LeanPushes1700000000031,
      Drops1700000000032,
      MarkLists1700000000033,
      JudgedMacs1700000000034,
    ],
    migrationsTableName: 'migration',
    synchronize: false,
    logging: false,
  });
}
