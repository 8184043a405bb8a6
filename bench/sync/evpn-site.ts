/** A site of FRR: a network namespace with a bridge, one VNI on it, zebra, and bgpd that advertises what the bridge knows. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { optionalTool } from '../../test/harness/binaries.js';
import { type ServerProcess, startProcess } from '../../test/harness/process.js';
import { runTool } from '../../test/harness/run-tool.js';
import { removeDirectory, temporaryDirectory } from '../../test/harness/temporary-directory.js';

/** Where Debian's package has its daemons. */
const DAEMONS = '/usr/lib/frr';
const VNI = 456;

export interface Speaker {
  readonly address: string;
  readonly as: number;
}

export interface Known {
  readonly macs: number;
  readonly neighbours: number;
  readonly vteps: number;
}

/** What is missing here for FRR to be run at all; absent where nothing is. */
export function whyNoFrr(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root makes network namespaces';
  const needed = ['ip', 'bridge', 'setpriv', 'vtysh'].filter((tool) => optionalTool(tool) === undefined);
  needed.push(...['zebra', 'bgpd'].filter((daemon) => !existsSync(join(DAEMONS, daemon))));
  return needed.length === 0 ? undefined : `${needed.join(', ')} not found (Debian packages frr, iproute2, util-linux)`;
}

export class EvpnSite {
  private readonly daemons: ServerProcess[] = [];
  private directory = '';
  private made = false;

  constructor(
    readonly namespace: string,
    private readonly own: Speaker,
    private readonly peer: Speaker,
  ) {}

  async makeNamespace(): Promise<void> {
    await runTool('ip', ['netns', 'add', this.namespace]);
    this.made = true;
  }

  /** Servers sit behind `host0`; what the bridge knows of them is told to it, never learned. */
  async bridge(uplink: string): Promise<void> {
    const lines = [
      `link set lo up`,
      `addr add ${this.own.address}/24 dev ${uplink}`,
      `link set ${uplink} up`,
      `link add br0 type bridge mcast_snooping 0`,
      `link add vxlan0 type vxlan id ${VNI} dstport 4789 local ${this.own.address} nolearning`,
      `link add host0 type veth peer name host1`,
      ...['vxlan0', 'host0'].map((port) => `link set ${port} master br0`),
      ...['vxlan0', 'host0'].map((port) => `link set ${port} type bridge_slave learning off`),
      ...['br0', 'vxlan0', 'host0', 'host1'].map((link) => `link set ${link} up`),
    ];
    await this.ip(lines);
  }

  async startDaemons(): Promise<void> {
    this.directory = await temporaryDirectory('frr');
    await this.startDaemon('zebra', '');
    await this.startDaemon('bgpd', configuration(this.own, this.peer));
  }

  /** Runs lines of `ip -batch` in the namespace. */
  async ip(lines: readonly string[]): Promise<void> {
    await runTool('ip', ['-n', this.namespace, '-batch', '-'], lines.join('\n'));
  }

  /** Runs lines of `bridge -batch` in the namespace. */
  async bridgeBatch(lines: readonly string[]): Promise<void> {
    await runTool('bridge', ['-n', this.namespace, '-batch', '-'], lines.join('\n'));
  }

  /** What zebra has of the VNI; what comes from the other site it has from bgpd. */
  async known(): Promise<Known> {
    const answer = await runTool('vtysh', ['--vty_socket', this.directory, '-c', `show evpn vni ${VNI} json`]);
    const vni = JSON.parse(answer) as { numMacs?: number; numArpNd?: number; numRemoteVteps?: unknown[] };
    return { macs: vni.numMacs ?? 0, neighbours: vni.numArpNd ?? 0, vteps: vni.numRemoteVteps?.length ?? 0 };
  }

  /** Nothing of it is worth a graceful end: the namespace goes with all that is in it. */
  async stop(): Promise<void> {
    await Promise.all(this.daemons.map((daemon) => daemon.kill()));
    if (this.made) await runTool('ip', ['netns', 'delete', this.namespace]);
    if (this.directory !== '') await removeDirectory(this.directory);
  }

  /** As root, for a process that changes its user would outlive us; frrvty is the group that FRR insists on. */
  private async startDaemon(name: 'zebra' | 'bgpd', lines: string): Promise<void> {
    const at = (file: string): string => join(this.directory, file);
    await writeFile(at(`${name}.conf`), lines);
    const files = [
      '-f',
      at(`${name}.conf`),
      '-i',
      at(`${name}.pid`),
      '-z',
      at('zserv'),
      '--vty_socket',
      this.directory,
    ];
    const daemon = await startProcess({
      name,
      prefix: ['ip', 'netns', 'exec', this.namespace, 'setpriv', '--regid=frrvty', '--clear-groups', '--'],
      command: join(DAEMONS, name),
      args: ['-u', 'root', '-g', 'frrvty', '-P', '0', ...files],
      ready: () => existsSync(at(`${name}.vty`)),
    });
    this.daemons.push(daemon);
  }
}

/** RFC 8365 with eBGP; nothing waits but what FRR itself always waits for. */
function configuration(own: Speaker, peer: Speaker): string {
  return [
    `router bgp ${own.as}`,
    ` bgp router-id ${own.address}`,
    ` no bgp default ipv4-unicast`,
    ` no bgp ebgp-requires-policy`,
    ` neighbor ${peer.address} remote-as ${peer.as}`,
    ` neighbor ${peer.address} advertisement-interval 0`,
    ` neighbor ${peer.address} timers connect 1`,
    ` address-family l2vpn evpn`,
    `  neighbor ${peer.address} activate`,
    `  advertise-all-vni`,
    ` exit-address-family`,
    ``,
  ].join('\n');
}
