import type { Noun } from '../noun.js';
import { flag, list, record, text, dictionary } from '../schema.js';

const LINKS = list(record({ rel: text(), href: text() }));
const VERSION = record({ id: text(), status: text(), links: LINKS });

export const extension: Noun = {
  name: 'Extension',
  says: 'extension',
  singular: 'extension',
  plural: 'extensions',
  attributes: { name: text(), alias: text('Its id.'), description: text(), updated: text(), links: list(dictionary()) },
};

export const serviceProvider: Noun = {
  name: 'ServiceProvider',
  says: 'service provider',
  singular: 'service_provider',
  plural: 'service_providers',
  attributes: { service_type: text(), name: text(), default: flag() },
};

/** What is there without a token. */
export const root: Noun = {
  name: 'Root',
  says: 'version',
  singular: 'version',
  plural: 'versions',
  attributes: {},
  routes: {
    'GET ': { summary: 'Lists the versions of the API', answer: record({ versions: list(VERSION) }) },
    'GET v2.0': {
      summary: 'Shows the version of the API',
      answer: record({ version: VERSION, resources: list(record({ name: text(), collection: text(), links: LINKS })) }),
    },
    'GET metrics': { summary: 'Numbers, as Prometheus reads them', answer: text(), media: 'text/plain' },
    'GET livez': { summary: 'Tells whether the replica lives', answer: record({ status: text() }) },
    'GET readyz': {
      summary: 'Tells whether the replica can do its work now; 503 if not',
      answer: record({ database: flag(), bus: flag() }),
    },
  },
};
