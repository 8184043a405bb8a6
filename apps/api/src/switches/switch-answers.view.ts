import type {
  BindingStatistics,
  NetworkDifference,
  Resynced,
  SentTransaction,
  SwitchDifference,
  SwitchStatistics,
} from '@l2gw/contracts';

/** What agents answer, in the API's spelling. */
export const transactionView = ({ at, durationMs, networks, operations, error }: SentTransaction): object => ({
  at,
  duration_ms: durationMs,
  networks,
  operations,
  error: error ?? null,
});

export const differenceView = ({ count, networks }: SwitchDifference): object => ({
  count,
  networks: networks.map(networkView),
});

export const resyncView = ({ tablesChecked, settled, networks, transactions }: Resynced): object => ({
  tables_checked: tablesChecked,
  settled,
  networks,
  transactions,
});

export const statisticsView = ({ count, bindings }: SwitchStatistics): object => ({
  count,
  bindings: bindings.map(bindingView),
});

const networkView = ({ network, ...rest }: NetworkDifference): object => ({ network_id: network, ...rest });

const bindingView = (each: BindingStatistics): object => ({
  port: each.port,
  vlan: each.vlan,
  packets_from_local: each.packetsFromLocal,
  bytes_from_local: each.bytesFromLocal,
  packets_to_local: each.packetsToLocal,
  bytes_to_local: each.bytesToLocal,
});
