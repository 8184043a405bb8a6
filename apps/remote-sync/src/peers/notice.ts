import { reader } from '@l2gw/contracts';

/** `bye`: the cloud stops for a moment; `withdraw`: for good, and takes back what it has said; `changed`: it shares something else now. */
export type Notice = (typeof NOTICES)[number];

const NOTICES = ['bye', 'withdraw', 'changed'] as const;
const TYPE = 'l2gw.cloud.notice.v1';

export const notice = {
  type: TYPE,
  encode: (what: Notice): string => JSON.stringify({ notice: what }),
  /** Throws `ContractError` or `SyntaxError`, also for what a later version may say. */
  decode: (body: string): Notice => reader(TYPE, JSON.parse(body)).oneOf('notice', NOTICES),
} as const;
