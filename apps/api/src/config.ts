import { type BusSettings, type Listen, type LogLevel, LOG_LEVELS, Settings, readBusSettings } from '@l2gw/runtime';
import type { DatabaseSettings } from './database/data-source.js';
import { TokenFile } from './http/authenticator.js';
import type { VniRange } from './inventory/vni-allocation.js';

/** Everything the API can be told, read once at its start. Also the token under which it is injected. */
export abstract class ApiConfig {
  abstract readonly http: Listen;
  abstract readonly database: DatabaseSettings;
  abstract readonly bus: BusSettings;
  abstract readonly auth: { readonly kind: 'none' } | { readonly kind: 'token'; readonly tokens: string };
  abstract readonly vniRange: VniRange;
  abstract readonly replication: 'source_node' | 'service_node';
  /** Requests that wait for a status, and event streams: so many of each at once at the most. */
  abstract readonly mostWaiters: number;
  abstract readonly logLevel: LogLevel;
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

/** Throws `ConfigurationError` that names every problem. */
export function loadConfig(env: NodeJS.ProcessEnv, argv: readonly string[]): ApiConfig {
  const settings = new Settings(env, argv);
  const http = settings.listen('L2GW_HTTP_LISTEN', '127.0.0.1:9696');
  const ca = settings.secret('L2GW_DATABASE_CA_FILE');
  return settings.settled<ApiConfig>({
    http,
    database: {
      url: settings.text('L2GW_DATABASE_URL'),
      connections: settings.integer('L2GW_DATABASE_POOL', 10, 'connections'),
      ...(ca === undefined ? {} : { ca }),
    },
    bus: readBusSettings(settings),
    auth: readAuth(settings, http),
    vniRange: readVniRange(settings),
    replication: settings.oneOf('L2GW_REPLICATION', ['source_node', 'service_node'], 'source_node'),
    mostWaiters: settings.integer('L2GW_MOST_WAITERS', 1000, 'requests'),
    logLevel: settings.oneOf('L2GW_LOG_LEVEL', LOG_LEVELS, 'info'),
  });
}

function readAuth(settings: Settings, http: Listen): ApiConfig['auth'] {
  const kind = settings.oneOf('L2GW_AUTH', ['none', 'token'], 'token');
  if (kind === 'none') {
    if (!LOOPBACK.test(http.host))
      settings.refuse(`L2GW_AUTH is none, so L2GW_HTTP_LISTEN must be a loopback address, not ${http.host}`);
    return { kind };
  }
  settings.text('L2GW_AUTH_TOKENS_FILE');
  const tokens = settings.secret('L2GW_AUTH_TOKENS_FILE') ?? '';
  try {
    new TokenFile(tokens);
  } catch (error) {
    settings.refuse(`L2GW_AUTH_TOKENS_FILE: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { kind, tokens };
}

function readVniRange(settings: Settings): VniRange {
  const text = settings.text('L2GW_VNI_RANGE', '1000:16777215');
  const [first = NaN, last = NaN] = text.split(':').map(Number);
  if (!(first >= 1 && first <= last && last <= 0xff_ff_ff))
    settings.refuse(`L2GW_VNI_RANGE is not FIRST:LAST: ${text}`);
  return { first, last };
}
