import { generateKeyPairSync } from 'node:crypto';
import { type Bus, connectBus } from '@l2gw/bus';
import { MemoryTables, type RowOp, TablePublisher, TableServer } from '@l2gw/tables';
import { CloudSubjects } from '../src/peers/cloud-subjects.js';
import { hello } from '../src/peers/hello.js';
import { Ear } from '../src/signing/ear.js';
import { OwnKey } from '../src/signing/own-key.js';
import { PeerKeys } from '../src/signing/peer-keys.js';
import { SignedBus } from '../src/signing/signed-bus.js';
import { Voice } from '../src/signing/voice.js';

/** A peer that has a good key and says what it likes: as other implementations do, or somebody who means harm. */
export class HostilePeer {
  readonly key = OwnKey.parse(
    generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  );
  /** What it calls itself, and what it says that it shares. */
  welcome: object = {};
  private readonly tables = new MemoryTables({ epoch: 'hostile' });
  private readonly stops: (() => unknown)[] = [];
  private bus: Bus | undefined;
  private publisher: TablePublisher | undefined;

  constructor(readonly id: string) {}

  /** Speaks with the cloud `own`, which has this public key. */
  async start(url: string, own: string, publicKey: string): Promise<void> {
    const { peerRoot, ownHello } = new CloudSubjects(own, this.id);
    const wire = await connectBus({ servers: [url], client: this.id });
    const bus = new SignedBus(wire, new Voice(this.key, 1), new Ear(PeerKeys.parse([publicKey])), () => undefined);
    this.bus = wire;
    this.welcome = { cloud: this.id, stretches: [{ segId: 456, vtep: [], rows: 0 }] };
    const publisher = new TablePublisher({
      ...{ bus, root: peerRoot, writer: own, instance: 'hostile' },
      position: () => this.tables.now(),
    });
    const server = new TableServer({ bus, root: peerRoot, source: this.tables });
    server.start();
    publisher.start();
    this.publisher = publisher;
    const serving = bus.serve(ownHello, 'q', async ({ body }) => {
      hello.decodeGreeting(body);
      return { body: JSON.stringify(this.welcome) };
    });
    this.stops.push(
      () => publisher.stop(),
      () => server.stop(),
      () => serving.stop(),
    );
  }

  /** Says something of the network that it shares by 456; with `origin`, as what that cloud has said. */
  say(own: string, ops: readonly RowOp[], origin?: string): void {
    const subjects = new CloudSubjects(this.id, own);
    const table = origin === undefined ? subjects.ownTable(456) : subjects.ownRelay(origin, 456);
    this.publisher?.publish(this.tables.epoch, [this.tables.write(table, ops)]);
  }

  async stop(): Promise<void> {
    for (const stop of this.stops) stop();
    await this.bus?.close();
  }
}
