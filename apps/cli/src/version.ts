/** The version of the package that this program stands in, wherever it was built or installed to. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export function versionOfPackage(directory: string): string {
  const path = join(directory, 'package.json');
  if (existsSync(path)) return versionIn(readFileSync(path, 'utf8'));
  const parent = dirname(directory);
  return parent === directory ? 'unknown' : versionOfPackage(parent);
}

function versionIn(text: string): string {
  const manifest: unknown = JSON.parse(text);
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest && manifest.version;
  return typeof version === 'string' ? version : 'unknown';
}
