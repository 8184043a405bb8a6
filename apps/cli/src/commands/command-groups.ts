/** Every command there is, by what it is about. */
import type { CommandDefinition } from './command.js';
import { conflictCommands } from './conflict-commands.js';
import { connectionCommands } from './connection-commands.js';
import { explainCommand } from './explain-command.js';
import { gatewayCommands } from './gateway-commands.js';
import { networkCommands } from './network-commands.js';
import { peerCommands } from './peer-commands.js';
import { remoteConnectionCommands } from './remote-connection-commands.js';
import { remoteGatewayCommands } from './remote-gateway-commands.js';
import { remoteMacCommands } from './remote-mac-commands.js';
import { switchCommands } from './switch-commands.js';
import { watchCommand } from './watch-command.js';

export interface CommandGroup {
  readonly noun: string;
  readonly description: string;
  readonly commands: readonly CommandDefinition[];
}

export const commandGroups: readonly CommandGroup[] = [
  { noun: 'gateway', description: 'Ports of switches, for networks to be connected to', commands: gatewayCommands },
  { noun: 'connection', description: 'Networks on gateways', commands: connectionCommands },
  { noun: 'remote-gateway', description: 'VTEPs of other clouds', commands: remoteGatewayCommands },
  {
    noun: 'remote-connection',
    description: 'Networks stretched to remote gateways',
    commands: remoteConnectionCommands,
  },
  { noun: 'remote-mac', description: 'Hosts behind remote gateways', commands: remoteMacCommands },
  { noun: 'peer', description: 'Clouds with which networks are shared', commands: peerCommands },
  { noun: 'conflict', description: 'MACs and IPs on which clouds do not agree', commands: conflictCommands },
  { noun: 'network', description: 'Networks that can be connected', commands: networkCommands },
  { noun: 'switch', description: 'Switches and what they report', commands: switchCommands },
];

/** Commands that are about no single noun. */
export const plainCommands: readonly CommandDefinition[] = [explainCommand, watchCommand];
