/** The writer of the tables `switch/…` and `network/…`: its name in life signs, and that of its replicas' queue group. */
export const apiWriter = { type: 'l2gw.writer.api.v1', name: 'api', queue: 'api' } as const;
