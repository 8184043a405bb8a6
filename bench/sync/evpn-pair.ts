/** Two sites of FRR that share a VNI and speak EVPN to each other over a cable. */
import { eventually } from '../../test/harness/eventually.js';
import { runTool } from '../../test/harness/run-tool.js';
import { EvpnSite } from './evpn-site.js';

const A = { address: '192.0.2.1', as: 65001 };
const B = { address: '192.0.2.2', as: 65002 };

export class EvpnPair {
  readonly a = new EvpnSite(`l2gw-frr-${process.pid}-a`, A, B);
  readonly b = new EvpnSite(`l2gw-frr-${process.pid}-b`, B, A);

  static async start(): Promise<EvpnPair> {
    const pair = new EvpnPair();
    try {
      await pair.build();
    } catch (error) {
      await pair.stop();
      throw error;
    }
    return pair;
  }

  async stop(): Promise<void> {
    await Promise.all([this.a.stop(), this.b.stop()]);
  }

  private async build(): Promise<void> {
    const { a, b } = this;
    await a.makeNamespace();
    await b.makeNamespace();
    const ends = ['name', 'cable', 'netns', a.namespace, 'type', 'veth', 'peer', 'name', 'cable', 'netns', b.namespace];
    await runTool('ip', ['link', 'add', ...ends]);
    for (const site of [a, b]) await site.bridge('cable');
    await a.startDaemons();
    await b.startDaemons();
    await eventually(() => this.met(), { timeoutMs: 60_000 });
  }

  private async met(): Promise<void> {
    for (const site of [this.a, this.b])
      if ((await site.known()).vteps !== 1) throw new Error(`${site.namespace} does not know the other site's VTEP`);
  }
}
