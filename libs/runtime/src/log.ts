import pino from 'pino';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/**
 * Logs events, not prose: the first word is the event's name, everything else is a field.
 * A class, so that it is also the token under which a program injects it.
 */
export abstract class Log {
  abstract debug(event: string, fields?: object): void;
  abstract info(event: string, fields?: object): void;
  abstract warn(event: string, fields?: object): void;
  abstract error(event: string, fields?: object): void;
}

/** One JSON object a line on standard output: `time`, `level`, `program`, `event` and the event's own fields; an `error` field is written out. */
export function createLog(program: string, level: LogLevel): Log {
  const logger = pino({
    level,
    base: { program, pid: process.pid },
    messageKey: 'event',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { error: describeError },
  });
  return {
    debug: (event, fields) => logger.debug(fields ?? {}, event),
    info: (event, fields) => logger.info(fields ?? {}, event),
    warn: (event, fields) => logger.warn(fields ?? {}, event),
    error: (event, fields) => logger.error(fields ?? {}, event),
  };
}

/** The message with those of its causes; the stack only where nobody foresaw the error. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) };
  const code = 'code' in error ? { code: error.code } : {};
  return {
    name: error.name,
    message: error.message,
    ...code,
    ...cause,
    ...(error.name === 'Error' ? { stack: error.stack } : {}),
  };
}
