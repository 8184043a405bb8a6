/** Networks: what can be connected. They are made elsewhere. */
import { NETWORK } from '../api/noun.js';
import { listCommand, showCommand } from './common.js';

const NAMES = { noun: 'network' };

export const networkCommands = [listCommand(NAMES, NETWORK), showCommand(NAMES, NETWORK)];
