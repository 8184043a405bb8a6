import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { dependsOnRevision, faultsOf } from './faults.js';
import { noteOf } from './note-route.js';
import type { Noun, RouteNote } from './noun.js';
import { schemasOf } from './noun-schemas.js';
import { NOUNS } from './nouns/nouns.js';
import { type Route, pathOf, routesOf } from './routes.js';
import { type Schema, integer, list, record, reference, text } from './schema.js';

type Dictionary = Readonly<Record<string, unknown>>;

/** The OpenAPI 3.1 document of every route that the application serves; a route about which nothing is told has no summary. */
export function createOpenApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('L2GW')
    .setDescription(
      "L2 gateways in Neutron's dialect; everything is for administrators. Below `/v2` the same is spelled as PLUMgrid's " +
        'specification has it. Attributes that a request does not name have their default, or stay as they are.',
    )
    .setVersion('2.0')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-Auth-Token' }, 'token')
    .addBearerAuth({ type: 'http', scheme: 'bearer' }, 'bearer');
  const document = SwaggerModule.createDocument(app, config.build());
  const components = { ...document.components, schemas: schemas() };
  return { ...document, components, paths: filledPaths(document, routesOf(app)) } as OpenAPIObject;
}

/** Those of every noun, and Neutron's error. */
export function schemas(): Readonly<Record<string, Schema>> {
  const nouns = Object.values(NOUNS).map(schemasOf);
  return Object.assign({ NeutronError: NEUTRON_ERROR }, ...nouns) as Readonly<Record<string, Schema>>;
}

export const nounOf = ({ home }: Route): Noun | undefined => (Object.hasOwn(NOUNS, home) ? NOUNS[home] : undefined);

const ITEMS = list(
  record({ index: integer(), message: text() }),
  'Of a request for several: what is wrong with which.',
);
const NEUTRON_ERROR = record({
  NeutronError: record({ type: text('Stable.'), message: text(), detail: text(), items: ITEMS }, ['items']),
});

function filledPaths(document: OpenAPIObject, routes: readonly Route[]): Dictionary {
  const paths = Object.entries(document.paths).map(([path, item]) => {
    const methods = Object.entries(item as Dictionary).map(([method, operation]) => {
      const route = routes.find((each) => pathOf(each) === path && each.method.toLowerCase() === method);
      return [method, route === undefined ? operation : filled(operation as Dictionary, route)] as const;
    });
    return [path, Object.fromEntries(methods)] as const;
  });
  return Object.fromEntries(paths);
}

function filled(operation: Dictionary, route: Route): Dictionary {
  const noun = nounOf(route);
  const note = noun === undefined ? {} : noteOf(noun, route);
  const own = Array.isArray(operation['parameters']) ? (operation['parameters'] as readonly unknown[]) : [];
  return {
    operationId: route.pattern ?? `${route.method.toLowerCase()}${pathOf(route).replace(/\W+/g, '_')}`,
    ...(note.summary === undefined ? {} : { summary: note.summary }),
    ...(note.description === undefined ? {} : { description: note.description }),
    tags: [route.home.split('/')[1] ?? 'discovery'],
    parameters: [...parametersIn(pathOf(route), own), ...queryParameters(note), ...revisionHeader(noun, route)],
    ...(note.request === undefined ? {} : { requestBody: { required: true, content: json(note.request) } }),
    responses: { ...good(operation, note), ...faults(route, note) },
    security: route.home === '' ? [] : [{ token: [] }, { bearer: [] }],
  };
}

/** Ids are read from the request itself, so the framework does not know them. */
function parametersIn(path: string, known: readonly unknown[]): readonly unknown[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const others = known.filter((each) => (each as Dictionary)['in'] !== 'path');
  return [...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })), ...others];
}

function queryParameters({ query = {} }: Partial<RouteNote>): readonly Dictionary[] {
  return Object.entries(query).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: false,
    ...(description === undefined ? {} : { description }),
    schema,
  }));
}

function revisionHeader(noun: Noun | undefined, route: Route): readonly Dictionary[] {
  if (!dependsOnRevision(noun, route)) return [];
  return [{ name: 'If-Match', in: 'header', required: false, schema: text('', { pattern: 'revision_number=\\d+' }) }];
}

/** The framework knows the status, from `@HttpCode`. */
function good(operation: Dictionary, { answer, refused, media = JSON_TYPE }: Partial<RouteNote>): Dictionary {
  if (refused === true) return {};
  const [status = '200'] = Object.keys((operation['responses'] ?? {}) as Dictionary);
  return {
    [status]: { description: 'Done.', ...(answer === undefined ? {} : { content: { [media]: { schema: answer } } }) },
  };
}

function faults(route: Route, note: Partial<RouteNote>): Dictionary {
  if (pathOf(route) === '/readyz') return { '503': { description: 'Not now.', content: json(note.answer ?? {}) } };
  const content = json(reference('NeutronError'));
  const all = faultsOf(route, nounOf(route), note);
  return Object.fromEntries(all.map(([status, description]) => [String(status), { description, content }]));
}

const JSON_TYPE = 'application/json';
const json = (schema: Schema): Dictionary => ({ [JSON_TYPE]: { schema } });
