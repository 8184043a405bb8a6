/** A TypeScript file of this repository as the rules see it: where it is, what it says, whom it imports. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path/posix';

export interface SourceFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** Something that must hold in every file; `find` names each place where it does not. */
export interface Rule {
  readonly sentence: string;
  readonly find: (file: SourceFile) => readonly string[];
  /** A file that breaks it, and one like it that does not: the rule is tested before it is trusted. */
  readonly broken: SourceFile;
  readonly kept: SourceFile;
}

const SOURCE_FOLDERS = ['apps', 'libs', 'test', 'bench'];

/** The rules and their broken samples would accuse themselves. */
const RULES = /^test\/architecture/;

export function sourcesBelow(root: string): SourceFile[] {
  const folders = SOURCE_FOLDERS.filter((folder) => existsSync(join(root, folder)));
  return folders
    .flatMap((folder) => filesBelow(root, folder))
    .filter((path) => /\.tsx?$/.test(path) && !path.includes('node_modules/') && !RULES.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

function filesBelow(root: string, folder: string): string[] {
  const entries = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return entries.map((path) => join(folder, path));
}

/** A sample. */
export function file(path: string, text = ''): SourceFile {
  return { path, text };
}

const IMPORT = /(?:^|\n)\s*(?:import|export)\b[^;'"`]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g;

export function importsOf({ text }: SourceFile): string[] {
  return [...text.matchAll(IMPORT)].map(([, from, bare]) => from ?? bare ?? '');
}

/** Where a relative import leads, from the root of the repository. */
export function targetOf(from: SourceFile, specifier: string): string {
  return specifier.startsWith('.') ? join(dirname(from.path), specifier) : specifier;
}

/** Specs, benches and their helpers: they may do what the product may not. */
export function isTest({ path }: SourceFile): boolean {
  return (
    /^(test|bench)\//.test(path) ||
    /\.(spec|bench)\.tsx?$/.test(path) ||
    /^(apps|libs)\/[^/]+\/(src\/)?(test|testing)\//.test(path)
  );
}

export function isProduct(source: SourceFile): boolean {
  return !isTest(source);
}

export function nameOf({ path }: SourceFile): string {
  return basename(path);
}
