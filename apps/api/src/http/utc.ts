/** A time as Neutron writes it: UTC, whole seconds. */
export function utc(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
