import { SWITCH_CAPABILITIES } from '@l2gw/contracts';
import { type Schema, flag, integer, ip, list, oneOf, record, text } from './schema.js';

const VNI = integer('', { minimum: 1, maximum: 16_777_215 });
const VLAN = integer('', { minimum: 0, maximum: 4095 });
const IPS = list(ip());
const PROBLEM = record({ code: text('Listed in docs/operations.md.'), text: text(), connection: text() }, [
  'connection',
]);

/** The rows of the tables, as the decoders of libs/contracts read them; a specification holds them against its golden rows. */
export const ROW_SCHEMAS: Readonly<Record<string, Schema>> = {
  SwitchRow: record(
    {
      vni: VNI,
      name: text(),
      replication: oneOf(['source_node', 'service_node']),
      bindings: list(record({ port: text(), vlan: VLAN })),
      remotes: list(record({ connection: text(), vtep: ip(), vni: VNI, flood: flag() })),
      capabilities: list(text(`Known are ${SWITCH_CAPABILITIES.join(', ')}.`)),
      generation: text(),
    },
    ['remotes', 'capabilities', 'generation'],
  ),
  NetworkRow: {
    oneOf: [
      record({
        place: { oneOf: [record({ vtep: ip() }), record({ connection: text() })] },
        ips: IPS,
        kind: oneOf(['port', 'learned', 'static']),
      }),
      record({ kind: oneOf(['host', 'switch']) }),
      record({ vtep: ip(), vni: VNI, borders: IPS, relays: IPS }),
    ],
    description: 'By key: `mac/<MAC>`, `vtep/<IP>`, `remote/<connection>`.',
  },
  ReportRow: {
    oneOf: [
      record(
        {
          name: text(),
          state: oneOf(['connected', 'disconnected', 'missing']),
          reason: text(),
          description: text(),
          tunnelIps: IPS,
          managementIps: list(text()),
          schema: text(),
          faults: list(text()),
        },
        ['reason'],
      ),
      record({
        description: text(),
        faults: list(text()),
        foreign: list(record({ vlan: VLAN, logicalSwitch: text() })),
      }),
      record({ row: text(), state: oneOf(['applied', 'failed']), problems: list(PROBLEM) }),
    ],
    description: 'By key: `switch`, `port/<name>`, `logical-switch/<network>`.',
  },
  LearnedRow: record({ logicalSwitch: text(), mac: text(), vtep: ip(), ip: ip() }, ['vtep', 'ip']),
};
