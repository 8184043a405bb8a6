import { type Reader } from '@l2gw/contracts';
import { canonicalJson } from '@l2gw/tables';

/** What vouches for a row of a stretch, whoever passes it on: the signature of the cloud where the MAC is. */
export interface Proof {
  /** Of the session in which that cloud has said so. */
  readonly epoch: number;
  /** Ed25519, base64. */
  readonly signature: string;
}

/** What a proof vouches for. */
export interface Claim {
  /** The cloud where the MAC is. */
  readonly origin: string;
  /** By which it knows the network. */
  readonly segId: number;
  readonly mac: string;
  readonly epoch: number;
  /** The row as it was said, with what we do not know of it. */
  readonly said: object;
}

/** What is signed, so that it is true of no other cloud, network, MAC or session, and is none of the messages between clouds. */
export function provenBytes({ origin, segId, mac, epoch, said }: Claim): Buffer {
  return Buffer.from(`l2gw.v1\nproof\n${origin}\n${segId}\n${mac}\n${epoch}\n${canonicalJson(said)}`);
}

/** Throws `ContractError`. */
export function readProof(read: Reader): Proof {
  return { epoch: read.integer('epoch'), signature: read.string('signature') };
}
