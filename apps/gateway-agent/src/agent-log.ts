import type { Log } from '@l2gw/runtime';

/** The log of this program, as a token that can be injected. */
export abstract class AgentLog implements Log {
  abstract debug(event: string, fields?: object): void;
  abstract info(event: string, fields?: object): void;
  abstract warn(event: string, fields?: object): void;
  abstract error(event: string, fields?: object): void;
}
