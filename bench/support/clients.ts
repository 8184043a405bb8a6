/** Connections to the API beside as many to PostgreSQL itself, which say what it does when nobody stands in between. */
import { Client } from 'pg';
import type { Cloud } from '../../test/harness/cloud.js';
import { type HttpLine, openLine } from './http-line.js';

/** New ones for each piece of work, because the API closes those that have been idle for a while. */
export async function withClients<Result>(
  { api, databaseUrl }: Cloud,
  count: number,
  work: (lines: readonly HttpLine[], sessions: readonly Client[]) => Promise<Result>,
): Promise<Result> {
  const lines = await Promise.all(Array.from({ length: count }, () => openLine(api.url)));
  const sessions = Array.from({ length: count }, () => new Client({ connectionString: databaseUrl }));
  await Promise.all(sessions.map((each) => each.connect()));
  try {
    return await work(lines, sessions);
  } finally {
    for (const line of lines) line.close();
    await Promise.all(sessions.map((each) => each.end()));
  }
}

export function withPair<Result>(
  cloud: Cloud,
  work: (line: HttpLine, session: Client) => Promise<Result>,
): Promise<Result> {
  return withClients(cloud, 1, ([line], [session]) => {
    if (line === undefined || session === undefined) throw new Error('one of each was asked for');
    return work(line, session);
  });
}
