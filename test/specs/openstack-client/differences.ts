/** Every place where we answer otherwise than the reference did, on purpose. What is not listed here is a fault. */

export interface Difference {
  /** The recordings it shows in, by number. */
  readonly recordings: readonly string[];
  readonly what: RegExp;
  readonly reason: string;
}

/** In what the client prints. */
export const printedDifferences: readonly Difference[] = [
  {
    recordings: ['003'],
    what: /^(exit: 0 instead of 1|stderr: nothing instead of No Extension found for l2-remote-gateway)$/,
    reason: 'There are remote gateways here.',
  },
  {
    recordings: ['006', '011'],
    what: /^field provider:segmentation_id: \d+ instead of 31060$/,
    reason: 'A network that names no VNI gets one of our range.',
  },
  {
    recordings: ['019', '023'],
    what: /^field (binding_vif_type: other|binding_vif_details: nothing|security_group_ids: nothing|port_security_enabled: False) /,
    reason: 'Ports are an inventory here: nobody plugs them into a bridge, and nobody filters what they send.',
  },
  {
    recordings: ['019', '021', '022', '023'],
    what: /^(field status: ACTIVE instead of DOWN$|row .* \| vm1 \| .* \| DOWN: is missing in .* \| ACTIVE)/,
    reason: 'A port is active as soon as it is bound to a host.',
  },
  {
    recordings: ['059'],
    what: /^stderr: .* name=eth1 device=tor1 vlan=100 instead of .* name=eth1 uuid=<id>$/,
    reason: 'A VLAN that is taken is named with its switch, not with the id of a row.',
  },
  {
    recordings: ['075'],
    what: /^stderr: Unable to find l2_gateway_connection .* instead of Multiple l2_gateway_connection matches /,
    reason: 'Connections have no names, so that a mistyped name finds none, instead of all.',
  },
  {
    recordings: ['079'],
    what: /^(exit: 1 instead of 0|stderr: Failed to delete network .* 409)/,
    reason: 'A network that is connected cannot be deleted.',
  },
  {
    recordings: ['082'],
    what: /^(exit: 0 instead of 1|stderr: (L2 Gateaway Connection <id> deleted\n){2}L2 Gateaway Connection <id> deleted instead of)/,
    reason: 'The connection of the network that could not be deleted is still there, and is deleted now.',
  },
  {
    recordings: ['225'],
    what: /^(exit: 0 instead of 1|stderr: nothing instead of Unable to find a version discovery document)/,
    reason: 'An endpoint that ends in /v2.0 is good for discovery, too.',
  },
];

/** In what the client is answered. */
export const answeredDifferences: readonly Difference[] = [
  {
    recordings: ['003'],
    what: /^(status: 200 instead of 404|answer: \{"extension":\{"name":"L2 remote gateway")/,
    reason: 'There are remote gateways here.',
  },
  {
    recordings: ['019'],
    what: /^answer: \{"NeutronError":\{"type":"HTTPNotFound","message":"Extension with alias .*"\}\} instead of "<html>/,
    reason: 'Nobody is answered in HTML; clients look at the status only.',
  },
  {
    recordings: ['006', '009', '010', '014', '015', '019', '223', '231'],
    what: /provider:segmentation_id: \d+ instead of 31060$/,
    reason: 'A network that names no VNI gets one of our range.',
  },
  {
    recordings: ['019', '023', '228'],
    what: /^answer\.ports?(\[0\])?\.(security_groups\[0\]|binding:vif_type|binding:vif_details\.\w+|port_security_enabled): /,
    reason: 'Ports are an inventory here: nobody plugs them into a bridge, and nobody filters what they send.',
  },
  {
    recordings: ['019', '021', '022', '023'],
    what: /^answer\.ports?(\[\d\])?\.status: "ACTIVE" instead of "DOWN"$/,
    reason: 'A port is active as soon as it is bound to a host.',
  },
  {
    recordings: ['049', '050', '271'],
    what: /^status: (400|404|409) instead of 500$|^answer\.NeutronError\.(type|message): .* instead of "(HTTPInternalServerError|Request Failed)/,
    reason: 'What is wrong with a request is never 500.',
  },
  {
    recordings: ['059'],
    what: /name=eth1 device=tor1 vlan=100" instead of ".* name=eth1 uuid=/,
    reason: 'A VLAN that is taken is named with its switch, not with the id of a row.',
  },
  {
    recordings: ['075', '082'],
    what: /^answer\.l2_gateway_connections\[\d\]: .* is missing$/,
    reason: 'Connections have no names, so that a mistyped name finds none, instead of all.',
  },
  {
    recordings: ['079'],
    what: /^status: 409 instead of 204$/,
    reason: 'A network that is connected cannot be deleted.',
  },
  {
    recordings: ['225'],
    what: /^(status: 200 instead of 404|answer\.NeutronError: is missing)$/,
    reason: 'An endpoint that ends in /v2.0 is good for discovery, too.',
  },
  {
    recordings: ['235'],
    what: /^answer\.resources\[2\]: subnetpool is missing$/,
    reason: 'There are no pools of subnets.',
  },
  {
    recordings: ['239'],
    what: /^(status: 404 instead of 200|answer\.l2_gateways: is missing)$/,
    reason: 'OPTIONS is not another word for GET.',
  },
  {
    recordings: ['243', '353'],
    what: /^(status: 200 instead of 400|answer\.NeutronError: is missing)$/,
    reason: 'Lists can be sorted.',
  },
  {
    recordings: ['355'],
    what: /^answer\.networks(\[0\]: .*|_links\[1\]: previous) is missing$/,
    reason: 'Which network comes first is by its id; and before the first page there is none.',
  },
];

/** What is left of the differences that were found when those on purpose are taken out. */
export function unexplained(
  differences: readonly Difference[],
  recording: string,
  found: readonly string[],
): readonly string[] {
  return found.filter((each) => !differences.some((difference) => explains(difference, recording, each)));
}

/** Differences that nothing shows any more. */
export function idle(differences: readonly Difference[], found: ReadonlyMap<string, readonly string[]>): string[] {
  return differences
    .filter(
      (difference) => ![...found].some(([recording, each]) => each.some((one) => explains(difference, recording, one))),
    )
    .map((difference) => difference.reason);
}

function explains({ recordings, what }: Difference, recording: string, found: string): boolean {
  return recordings.some((number) => recording.startsWith(number)) && what.test(found);
}
