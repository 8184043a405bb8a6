import { type BusSettings, type Listen, type LogLevel, LOG_LEVELS, Settings, readBusSettings } from '@l2gw/runtime';
import { OwnKey } from './signing/own-key.js';

/** Everything remote-sync can be told, read once at its start. Also the token under which it is injected. */
export abstract class SyncConfig {
  /** By which the peers know this cloud. */
  abstract readonly key: OwnKey;
  /** Where the secrets are that peers' `credentials` name; nowhere if absent. */
  abstract readonly secretsDir: string | undefined;
  abstract readonly bus: BusSettings;
  /** Where health and metrics are served; nowhere if absent. */
  abstract readonly http: Listen | undefined;
  abstract readonly logLevel: LogLevel;
}

/** Throws `ConfigurationError` that names every problem. */
export function loadConfig(env: NodeJS.ProcessEnv, argv: readonly string[]): SyncConfig {
  const settings = new Settings(env, argv);
  return settings.settled<SyncConfig>({
    key: readKey(settings),
    secretsDir: settings.optional('L2GW_SYNC_SECRETS_DIR'),
    bus: readBusSettings(settings),
    http: settings.optional('L2GW_HTTP_LISTEN') === undefined ? undefined : settings.listen('L2GW_HTTP_LISTEN', ''),
    logLevel: settings.oneOf('L2GW_LOG_LEVEL', LOG_LEVELS, 'info'),
  });
}

/** The public key of this cloud, for the operators of its peers. Only the key has to be set. */
export function publicKeyOf(env: NodeJS.ProcessEnv): string {
  const settings = new Settings(env, []);
  return settings.settled({ key: readKey(settings) }).key.publicKey;
}

/** What a configuration that is refused anyway is filled with. */
const NO_KEY = Buffer.alloc(32).toString('base64');

function readKey(settings: Settings): OwnKey {
  const name = 'L2GW_SYNC_KEY_FILE';
  if (settings.optional(name) === undefined) settings.refuse(`${name} is not set`);
  try {
    return OwnKey.parse(settings.secret(name) ?? NO_KEY);
  } catch (error) {
    settings.refuse(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    return OwnKey.parse(NO_KEY);
  }
}
