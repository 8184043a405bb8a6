import { type Endpoint, parseEndpoint, type TlsSettings } from '@l2gw/ovsdb';
import { type BusSettings, type Listen, type LogLevel, LOG_LEVELS, Settings, readBusSettings } from '@l2gw/runtime';
import { readSwitchTls } from './switch-tls.js';

/** Everything the agent can be told, read once at its start. Also the token under which it is injected. */
export abstract class AgentConfig {
  /** `Physical_Switch.name` of every switch of the database that is ours to program; the first gives the agent its id on the bus. */
  abstract readonly switchNames: readonly [string, ...string[]];
  abstract readonly ovsdb: OvsdbConfig;
  abstract readonly bus: BusSettings;
  /** Where what is wanted is remembered; nowhere if absent. */
  abstract readonly stateDir: string | undefined;
  /** How long the logical switches of an older incarnation stay after everything that is wanted is known. */
  abstract readonly leftoverGraceMs: number;
  /** Whether logical switches that networking-l2gw has left become ours when they are exactly what is wanted. */
  abstract readonly adopts: boolean;
  /** Where health is served; nowhere if absent. */
  abstract readonly http: Listen | undefined;
  abstract readonly logLevel: LogLevel;
}

export interface OvsdbConfig {
  readonly endpoint: Endpoint;
  readonly probeMs: number;
  /** Of `ssl:` and `pssl:`. */
  readonly tls?: TlsSettings | undefined;
}

/** Whose logical switches become ours. */
const ADOPTED = ['nobody', 'networking-l2gw'] as const;

/** Throws `ConfigurationError` that names every problem. */
export function loadConfig(env: NodeJS.ProcessEnv, argv: readonly string[]): AgentConfig {
  const settings = new Settings(env, argv);
  return settings.settled<AgentConfig>({
    switchNames: readSwitchNames(settings),
    ovsdb: readOvsdb(settings),
    bus: readBusSettings(settings),
    stateDir: settings.optional('L2GW_STATE_DIR'),
    leftoverGraceMs: settings.integer('L2GW_LEFTOVER_GRACE_MS', 60_000, 'milliseconds'),
    adopts: settings.oneOf('L2GW_ADOPT', ADOPTED, 'nobody') === 'networking-l2gw',
    http: settings.optional('L2GW_HTTP_LISTEN') === undefined ? undefined : settings.listen('L2GW_HTTP_LISTEN', ''),
    logLevel: settings.oneOf('L2GW_LOG_LEVEL', LOG_LEVELS, 'info'),
  });
}

/** `tor1`, or `tor1,tor2` of a database that several switches share. */
function readSwitchNames(settings: Settings): AgentConfig['switchNames'] {
  const [first = '', ...more] = settings
    .text('L2GW_SWITCH_NAME')
    .split(',')
    .map((name) => name.trim());
  const names = [first, ...more] as const;
  if (more.length > 0 && names.includes('')) settings.refuse('L2GW_SWITCH_NAME has an empty name between its commas');
  if (new Set(names).size < names.length) settings.refuse('L2GW_SWITCH_NAME names a switch twice');
  return [first, ...more];
}

/** What a configuration that is refused anyway is filled with. */
const NOWHERE: Endpoint = { kind: 'unix', path: '' };

function readOvsdb(settings: Settings): OvsdbConfig {
  const endpoint = readEndpoint(settings);
  const probeMs = settings.integer('L2GW_OVSDB_PROBE_MS', 5000, 'milliseconds');
  return { endpoint, probeMs, tls: endpoint === NOWHERE ? undefined : readSwitchTls(settings, endpoint) };
}

function readEndpoint(settings: Settings): Endpoint {
  const text = settings.text('L2GW_OVSDB_ENDPOINT');
  if (text === '') return NOWHERE;
  try {
    return parseEndpoint(text);
  } catch (error) {
    settings.refuse(`L2GW_OVSDB_ENDPOINT: ${error instanceof Error ? error.message : String(error)}`);
    return NOWHERE;
  }
}
