import { type Bus, BusError } from '@l2gw/bus';

/** How often a request is sent before a long exchange, of which it is one step, is given up. */
const ATTEMPTS = 3;

/**
 * A request that is sent again, unchanged, if no answer comes in time: all requests of the table protocol may arrive twice.
 * Other failures are told at once.
 */
export async function patientRequest(bus: Bus, subject: string, body: string, timeoutMs: number): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await bus.request(subject, body, { timeoutMs })).body;
    } catch (error) {
      const timedOut = error instanceof BusError && error.code === 'TIMED_OUT';
      if (!timedOut || attempt === ATTEMPTS) throw error;
    }
  }
}
