import { ErrorCode, type NatsError } from 'nats';
import { BusError } from './bus.js';

type BusErrorCode = BusError['code'];

const CODES: Readonly<Record<string, BusErrorCode>> = {
  [ErrorCode.NoResponders]: 'NO_RESPONDER',
  [ErrorCode.Timeout]: 'TIMED_OUT',
  [ErrorCode.PermissionsViolation]: 'REFUSED',
  [ErrorCode.AuthorizationViolation]: 'REFUSED',
  [ErrorCode.AuthenticationExpired]: 'REFUSED',
  [ErrorCode.AccountExpired]: 'REFUSED',
  [ErrorCode.BadAuthentication]: 'REFUSED',
  [ErrorCode.BadCreds]: 'REFUSED',
  [ErrorCode.MaxPayloadExceeded]: 'TOO_LARGE',
};

/** The library's error in the words of the bus; what has no word of its own means that there is no connection. */
export function busErrorOf(subject: string, cause: unknown): BusError {
  if (cause instanceof BusError) return cause;
  return new BusError(busErrorCode(isCoded(cause) ? cause.code : undefined), subject, { cause });
}

export function busErrorCode(natsCode: unknown): BusErrorCode {
  return (typeof natsCode === 'string' ? CODES[natsCode] : undefined) ?? 'DISCONNECTED';
}

function isCoded(error: unknown): error is Pick<NatsError, 'code'> {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
