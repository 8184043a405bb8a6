/** Conflicts: MACs and IPs on which clouds do not agree. */
import { CONFLICT } from '../api/noun.js';
import { listCommand, showCommand } from './common.js';

const NAMES = { noun: 'conflict' };

export const conflictCommands = [listCommand(NAMES, CONFLICT), showCommand(NAMES, CONFLICT)];
