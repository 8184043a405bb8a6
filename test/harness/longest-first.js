/** The order of the spec files: what takes longest begins first, so that nobody waits for it alone at the end. */
const Sequencer = require('@jest/test-sequencer').default;

/** By experience, for jest remembers times only where it has run before. Others are longer the larger their file is, jest says. */
const LONG = [
  'sync-outages',
  'chaos',
  'sync-routes',
  'behind',
  'openstack-client',
  'switch-inspection',
  'scenario-faults',
  'auth-keystone',
  'scenario-two-clouds',
  'tables-over-nats',
  'ovsdb-large-dump',
  'sync-program',
  'agent-takeover',
  'wait',
  'cli-gateways',
  'audit-crash',
];

module.exports = class LongestFirst extends Sequencer {
  async sort(tests) {
    return [...(await super.sort(tests))].sort((one, other) => placeOf(one) - placeOf(other));
  }
};

function placeOf({ path }) {
  const place = LONG.findIndex((name) => path.endsWith(`/specs/${name}.spec.ts`));
  return place === -1 ? LONG.length : place;
}
