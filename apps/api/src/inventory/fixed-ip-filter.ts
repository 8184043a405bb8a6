import { parseIp } from '@l2gw/l2';
import { isIp, isUuid } from '../http/attributes.js';

/**
 * The SQL condition of Neutron's filter by addresses: `fixed_ips=ip_address=192.0.2.1`, `fixed_ips=subnet_id=…`. Any of the addresses,
 * and any of the subnets.
 */
export function fixedIpCondition(values: readonly string[], parameters: unknown[]): string {
  const named = (kind: string) =>
    values.filter((each) => each.startsWith(`${kind}=`)).map((each) => each.slice(kind.length + 1));
  const has = (column: string, wanted: readonly string[]) => {
    parameters.push(wanted);
    return `listed.id IN (SELECT port_id FROM fixed_ip WHERE ${column} = ANY ($${parameters.length}))`;
  };
  const [addresses, subnets] = [named('ip_address'), named('subnet_id')];
  const conditions = [
    ...(addresses.length === 0
      ? []
      : [
          has(
            'ip',
            addresses.filter(isIp).map((ip) => parseIp(ip)),
          ),
        ]),
    ...(subnets.length === 0 ? [] : [has('subnet_id', subnets.filter(isUuid))]),
  ];
  return conditions.length === 0 ? 'false' : conditions.join(' AND ');
}
