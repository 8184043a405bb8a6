/** Counts the remote MACs of a switch as they come and go, without reading them: whoever looks on takes no time of those who are measured. */
import { once } from 'node:events';
import { type Socket, connect } from 'node:net';
import { parseEndpoint } from '@l2gw/ovsdb';

const [APPEARED, GONE] = ['"new":', '"old":'];
const ECHO = '"method":"echo"';
/** Short of the longest of these: what may be cut off at the end of a chunk. */
const KEPT = ECHO.length - 1;
const MONITOR = {
  method: 'monitor',
  id: 1,
  params: ['hardware_vtep', 'count', { Ucast_Macs_Remote: [{ columns: ['MAC'], select: { modify: false } }] }],
};

export class MacCounter {
  /** That there are now. */
  count = 0;
  private kept = '';

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => this.take(chunk.toString('latin1')));
    socket.write(JSON.stringify(MONITOR));
  }

  /** `unix:` and a path. */
  static async watch(endpoint: string): Promise<MacCounter> {
    const target = parseEndpoint(endpoint);
    const socket = connect('path' in target ? target.path : '');
    await once(socket, 'connect');
    return new MacCounter(socket);
  }

  stop(): void {
    this.socket.destroy();
  }

  private take(chunk: string): void {
    const text = this.kept + chunk;
    const begun = this.kept.length;
    this.count += endingAfter(begun, text, APPEARED) - endingAfter(begun, text, GONE);
    if (endingAfter(begun, text, ECHO) > 0) this.socket.write('{"id":"echo","result":[],"error":null}');
    this.kept = text.slice(-KEPT);
  }
}

/** How often it occurs in the text and ends after the place. */
function endingAfter(place: number, text: string, part: string): number {
  let count = 0;
  let at = text.indexOf(part, Math.max(0, place - part.length + 1));
  for (; at >= 0; at = text.indexOf(part, at + part.length)) count += 1;
  return count;
}
