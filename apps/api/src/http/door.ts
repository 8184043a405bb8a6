import type { Request, Response } from 'express';

/** The door through which a request came, for those that are held open for a while. */
export interface Door {
  /** What the client prefers, of the header `Prefer` (RFC 7240); empty if nothing. */
  readonly prefer: string;
  /** Aborted when the client waits no more. */
  gone(): AbortSignal;
  /** Sets a header of the answer, where the door has such. */
  header(name: string, value: string): void;
}

export function httpDoor(request: Request, response: Response): Door {
  return {
    prefer: request.header('Prefer') ?? '',
    gone: () => closed(response),
    header: (name, value) => void response.setHeader(name, value),
  };
}

/** Nobody can tell whether who asked over the bus still waits. */
export const busDoor: Door = {
  prefer: '',
  gone: () => new AbortController().signal,
  header: () => undefined,
};

function closed(response: Response): AbortSignal {
  const gone = new AbortController();
  if (response.destroyed) gone.abort();
  else response.once('close', () => gone.abort());
  return gone.signal;
}
