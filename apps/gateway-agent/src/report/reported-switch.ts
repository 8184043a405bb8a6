import type { ClientId } from '@l2gw/contracts';

/** Which of the agent's switches a part of it is about: each has its own session, reports and questions. Also the token under which it is injected. */
export abstract class ReportedSwitch {
  /** `Physical_Switch.name`. */
  abstract readonly name: string;
  abstract readonly client: ClientId;
  /** No other switch shares its database. */
  abstract readonly isAlone: boolean;
  /** The first that the agent was given. */
  abstract readonly isFirst: boolean;
}
