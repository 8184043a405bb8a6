/** A cloud like the one of the recordings: one switch with many ports, and one administrator with the client's usual token. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiClient } from '../../harness/api-client.js';
import { type Cloud, startCloud } from '../../harness/cloud.js';
import { eventually } from '../../harness/eventually.js';
import { temporaryDirectory } from '../../harness/temporary-directory.js';

/** What the client sends when it is told not to authenticate. */
export const TOKEN = 'notused';
const PROJECT = 'fake_project_id';

export async function recordedCloud(name: string): Promise<{ readonly cloud: Cloud; readonly api: ApiClient }> {
  const file = join(await temporaryDirectory('tokens'), 'tokens');
  writeFileSync(file, `${createHash('sha256').update(TOKEN).digest('hex')} admin ${PROJECT}\n`);
  const ports = Array.from({ length: 31 }, (_, index) => `eth${index + 1}`);
  const cloud = await startCloud({
    name,
    api: { L2GW_AUTH: 'token', L2GW_AUTH_TOKENS_FILE: file },
    switches: [{ name: 'tor1', tunnelIps: ['10.91.0.9'], ports }],
  });
  const api = new ApiClient(cloud.api.url, TOKEN);
  await eventually(async () => {
    const { l2_switch } = (await api.get('/v2.0/l2-switches/tor1')) as { l2_switch: { ports: unknown[] } };
    if (l2_switch.ports.length < ports.length) throw new Error('tor1 has not reported its ports');
  });
  return { cloud, api };
}
