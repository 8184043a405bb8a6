import { Injectable } from '@nestjs/common';
import type { VtepIp } from '@l2gw/l2';
import { DesiredState } from '../desired/desired-state.js';
import type { RemoteMac } from '../switch/network-change.js';
import { Switch } from '../switch/switch.js';
import { resolveFloodSet, resolveNextHop } from './resolve-next-hop.js';

/** The networks as this switch should see them: its own VTEPs are not remote to it. */
@Injectable()
export class Sight {
  constructor(
    private readonly desired: DesiredState,
    private readonly target: Switch,
  ) {}

  /** The switch's own tunnel IPs; to be taken once for many questions. */
  ownVteps(): ReadonlySet<string> {
    return new Set(this.target.contents.self()?.tunnelIps);
  }

  /** `leave`: nobody can tell what the switch should hold. */
  mac(network: string, mac: string, own: ReadonlySet<string>): RemoteMac | 'leave' | undefined {
    const row = this.desired.network(network)?.mac(mac);
    if (row === undefined) return undefined;
    return row === 'unreadable' ? 'leave' : resolveNextHop(row, own);
  }

  macs(network: string): readonly RemoteMac[] {
    const own = this.ownVteps();
    const found: RemoteMac[] = [];
    for (const row of this.desired.network(network)?.macs() ?? []) {
      const entry = resolveNextHop(row, own);
      if (entry !== undefined) found.push(entry);
    }
    return found;
  }

  flood(network: string): readonly VtepIp[] {
    return resolveFloodSet(this.desired.network(network)?.vteps ?? [], this.ownVteps());
  }
}
