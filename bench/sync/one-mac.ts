/** How long one bare-metal MAC takes from the switch of one cloud to that of another. */
import { type Figure, figure, percentile } from '../support/figures.js';
import { joinSwitch } from '../support/switch-side.js';
import { macOf } from '../support/world.js';
import { TwoClouds } from './two-clouds.js';

const SAMPLES = 300;

export async function oneMac(): Promise<readonly Figure[]> {
  const clouds = await TwoClouds.start();
  const { a, b, inA } = clouds;
  const near = await joinSwitch(a.tor('tor').unixEndpoint, a.vtep);
  const far = await joinSwitch(b.tor('tor').unixEndpoint, b.vtep);
  try {
    const samples: number[] = [];
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const mac = macOf(sample);
      const seen = far.appears(mac);
      const begun = performance.now();
      await near.learn(inA.id, mac);
      await seen;
      samples.push(performance.now() - begun);
    }
    return [50, 99].map((percent) => ({
      ...figure(`bare-metal MAC: row on a switch of cloud A → row on a switch of cloud B, p${percent}`, 'ms', samples),
      median: percentile(samples, percent),
    }));
  } finally {
    await Promise.all([near.stop(), far.stop()]);
    await clouds.stop();
  }
}
