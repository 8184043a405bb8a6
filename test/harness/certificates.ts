/** Certificates for one spec, made by openssl when it runs, as an operator would make them with ovs-pki(8). */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MissingBinary, optionalTool } from './binaries.js';
import { runTool } from './run-tool.js';
import { removeDirectory, temporaryDirectory } from './temporary-directory.js';

export interface Certificate {
  readonly certFile: string;
  readonly keyFile: string;
}

export interface CertificateOptions {
  /** A name or address that it carries beside the common name. */
  readonly altName?: string;
  /** Negative: it expired that many days ago. */
  readonly days?: number;
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

export async function createAuthority(name: string): Promise<Authority> {
  const authority = new Authority(name, await temporaryDirectory('pki'));
  await openssl('req', '-x509', ...KEY, '-days', '2', '-subj', `/CN=${name}`, ...authority.outputs);
  return authority;
}

/** Signs whatever it is asked to. */
export class Authority {
  readonly caFile: string;
  private readonly keyFile: string;
  private issued = 0;

  constructor(
    readonly name: string,
    readonly dir: string,
  ) {
    this.caFile = join(dir, 'ca.pem');
    this.keyFile = join(dir, 'ca.key');
  }

  get outputs(): string[] {
    return ['-keyout', this.keyFile, '-out', this.caFile];
  }

  async issue(name: string, { altName, days = 2 }: CertificateOptions = {}): Promise<Certificate> {
    const base = join(this.dir, `${(this.issued += 1)}`);
    const [keyFile, certFile, request, extensions] = ['key', 'pem', 'csr', 'ext'].map((end) => `${base}.${end}`) as [
      string,
      string,
      string,
      string,
    ];
    await openssl('req', ...KEY, '-subj', `/CN=${name}`, '-keyout', keyFile, '-out', request);
    await writeFile(extensions, altName === undefined ? 'basicConstraints=CA:FALSE' : `subjectAltName=${altName}`);
    const signer = ['-CA', this.caFile, '-CAkey', this.keyFile, '-set_serial', `${this.issued}`];
    const validity = ['-days', `${days}`, '-extfile', extensions];
    await openssl('x509', '-req', '-in', request, ...signer, ...validity, '-out', certFile);
    return { certFile, keyFile };
  }

  async remove(): Promise<void> {
    await removeDirectory(this.dir);
  }
}

async function openssl(...args: readonly string[]): Promise<void> {
  const tool = optionalTool('openssl');
  if (tool === undefined) throw new MissingBinary('openssl', ['PATH']);
  await runTool(tool, args);
}
