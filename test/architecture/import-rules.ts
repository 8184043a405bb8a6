/** Imports go down only: apps → libs → contracts → l2. */
import { file, importsOf, isTest, nameOf, type Rule, type SourceFile, targetOf } from './source-file.js';

/** What each lib may import of ours. A new lib takes its place here. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  l2: [],
  ovsdb: [],
  reconcile: [],
  contracts: ['l2'],
  bus: ['contracts', 'l2'],
  tables: ['bus', 'contracts', 'l2'],
  runtime: ['bus', 'contracts', 'l2'],
};

const FRAMEWORK = /^(@nestjs\/|typeorm$|typeorm\/|class-validator$|class-transformer$)/;
const FREE_LIBS = /^libs\/(l2|contracts|ovsdb|tables|reconcile|bus)\//;
const PURE_FILE = /^(plan|compile|select|resolve)-.*\.ts$|^rules\.ts$/;

export const importRules: readonly Rule[] = [
  {
    sentence: 'a lib imports only the libs below it',
    find: (source) => ownLibs(source).filter((lib) => !mayImport(source, lib)),
    broken: file('libs/l2/src/a.ts', "import { Bus } from '@l2gw/bus';"),
    kept: file('libs/tables/src/a.ts', "import type { Bus } from '@l2gw/bus';"),
  },
  {
    sentence: 'another lib is reached by its name, not by a path into it',
    find: (source) => pathsOut(source).filter((target) => target.startsWith('libs/')),
    broken: file('apps/api/src/a.ts', "import { parseMac } from '../../../libs/l2/src/mac-address.js';"),
    kept: file('apps/api/src/a.ts', "import { parseMac } from '@l2gw/l2';"),
  },
  {
    sentence: 'apps never import each other, and libs never import apps',
    find: (source) =>
      /^(apps|libs)\//.test(source.path) ? pathsOut(source).filter((target) => target.startsWith('apps/')) : [],
    broken: file('apps/api/src/a.ts', "import { x } from '../../gateway-agent/src/x.js';"),
    kept: file('apps/api/src/http/a.ts', "import { x } from '../gateways/x.js';"),
  },
  {
    sentence: 'the product never imports test code; a spec beside the code may use the harness',
    find: (source) => (isTest(source) ? [] : importsOf(source).filter((each) => leadsToTests(source, each))),
    broken: file('libs/ovsdb/src/a.ts', "import { eventually } from '../../../test/harness/eventually.js';"),
    kept: file('libs/ovsdb/src/a.spec.ts', "import { eventually } from '../../../test/harness/eventually.js';"),
  },
  {
    sentence: 'the NATS client is known to libs/bus only',
    find: (source) =>
      /^(apps|libs\/(?!bus\/))/.test(source.path) ? importsOf(source).filter((each) => each === 'nats') : [],
    broken: file('apps/api/src/a.ts', "import { connect } from 'nats';"),
    kept: file('libs/bus/src/a.ts', "import { connect } from 'nats';"),
  },
  {
    sentence: 'no framework in the libs that must outlive it',
    find: (source) => (FREE_LIBS.test(source.path) ? frameworkImports(source) : []),
    broken: file('libs/tables/src/a.ts', "import { Injectable } from '@nestjs/common';"),
    kept: file('libs/runtime/src/a.ts', "import { Injectable } from '@nestjs/common';"),
  },
  {
    sentence: 'decisions (plan-, compile-, select-, resolve-*.ts, rules.ts) know no framework',
    find: (source) => (PURE_FILE.test(nameOf(source)) ? frameworkImports(source) : []),
    broken: file('apps/api/src/compiling/compile-switch.ts', "import { DataSource } from 'typeorm';"),
    kept: file('apps/api/src/compiling/compile-switch.ts', "import type { Vni } from '@l2gw/l2';"),
  },
  {
    sentence: 'relative imports end in .js, as Node wants them',
    find: (source) => importsOf(source).filter((each) => each.startsWith('.') && !/\.(js|json|css)$/.test(each)),
    broken: file('libs/l2/src/a.ts', "export { parseMac } from './mac-address';"),
    kept: file('libs/l2/src/a.ts', "export {\n  parseMac,\n} from './mac-address.js';"),
  },
];

function ownLibs(source: SourceFile): string[] {
  return importsOf(source)
    .map((specifier) => /^@l2gw\/([^/]+)/.exec(specifier)?.[1])
    .filter((lib) => lib !== undefined);
}

/** An unknown lib may import nothing and be imported by apps only, until it stands in the table. */
function mayImport({ path }: SourceFile, lib: string): boolean {
  const [folder, importer = ''] = path.split('/');
  return folder !== 'libs' || importer === lib || (LAYERS[importer] ?? []).includes(lib);
}

/** Relative imports that leave the app or lib they stand in; test/ and bench/ stand in none. */
function pathsOut(source: SourceFile): string[] {
  const [folder, name] = source.path.split('/');
  const home = folder === 'apps' || folder === 'libs' ? `${folder}/${name}/` : '';
  return importsOf(source)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => targetOf(source, specifier))
    .filter((target) => home === '' || !target.startsWith(home));
}

function leadsToTests(source: SourceFile, specifier: string): boolean {
  const path = targetOf(source, specifier);
  return isTest({ path: path.replace(/\.js$/, '.ts'), text: '' });
}

function frameworkImports(source: SourceFile): string[] {
  return importsOf(source).filter((specifier) => FRAMEWORK.test(specifier));
}
