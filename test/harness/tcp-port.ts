/** TCP ports of the loopback interface: a free one from the kernel, and whether somebody listens on one. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

/** For servers that cannot choose and tell themselves; another process may be quicker, so the caller retries. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export function acceptsConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
