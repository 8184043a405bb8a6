import type { SyncRefreshed } from '@l2gw/contracts';

/** What came of comparing everything with a peer, in the API's spelling. */
export const refreshView = ({ stretches, ...rest }: SyncRefreshed): object => ({
  ...rest,
  stretches: stretches.map(({ connection, changes }) => ({ rgw_connection: connection, changes })),
});
