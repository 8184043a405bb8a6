import type { Settings } from '@l2gw/runtime';
import { HIGHEST_LIMIT, type Limits, QUOTA_RESOURCES, UNLIMITED, limitsFrom } from './quota-resources.js';

/** The limits of projects that have none of their own: `L2GW_QUOTA_DEFAULTS=port=1000,l2_gateway=50`; whatever is not named has none. */
export function readQuotaDefaults(settings: Settings): Limits {
  const text = settings.optional('L2GW_QUOTA_DEFAULTS') ?? '';
  const limits = new Map<string, number>();
  for (const entry of text.split(',').filter((each) => each.trim() !== '')) {
    const [, resource = '', digits = ''] = /^\s*([a-z0-9_]+)\s*=\s*(-1|\d{1,10})\s*$/.exec(entry) ?? [];
    if (!QUOTA_RESOURCES.some((each) => each === resource) || Number(digits) > HIGHEST_LIMIT) {
      settings.refuse(`L2GW_QUOTA_DEFAULTS: not RESOURCE=NUMBER with one of ${QUOTA_RESOURCES.join(', ')}: ${entry}`);
    }
    limits.set(resource, Number(digits));
  }
  return limitsFrom((resource) => limits.get(resource) ?? UNLIMITED);
}
