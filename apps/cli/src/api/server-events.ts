/** Server-Sent Events (WHATWG HTML §9.2) as our API writes them: one line of data each. */

export interface ServerEvent {
  /** By which the stream can be taken up again; absent if this event has none. */
  readonly id?: string;
  readonly name: string;
  readonly data: string;
}

/** Reads a stream that may be cut anywhere. Comments and what carries no data fall away. */
export async function* readEvents(chunks: AsyncIterable<string>): AsyncGenerator<ServerEvent> {
  let rest = '';
  for await (const chunk of chunks) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = eventIn(block);
      if (event !== undefined) yield event;
    }
  }
}

function eventIn(block: string): ServerEvent | undefined {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).replace(/^ /, ''));
  }
  const [id, name = 'message', data] = [fields.get('id'), fields.get('event'), fields.get('data')];
  return data === undefined ? undefined : { ...(id === undefined ? {} : { id }), name, data };
}
