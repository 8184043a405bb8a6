import { dirname, join } from 'node:path';
import type { Log } from '@l2gw/runtime';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Express, Request, Response } from 'express';
import { PAGE, PAGE_SCRIPT } from './page.js';

const PAGE_FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

/** The page needs nothing from elsewhere and may fetch nothing from there; Swagger UI writes styles into elements. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Serves the documents that describe the API, and a page to read them: for everybody, as they hold no secret.
 * They are made when they are first asked for; what makes them is not loaded before, because every start would wait for it.
 */
export function serveDocuments(app: NestExpressApplication, log: Log): void {
  const server: Express = app.getHttpAdapter().getInstance();
  const document = (path: string, create: () => Promise<object>) => {
    const once = kept(create);
    server.get(path, (_, response: Response) => answer(response, once, log));
  };
  document('/openapi.json', async () => (await import('./create-openapi.js')).createOpenApi(app));
  document('/asyncapi.json', async () => (await import('./create-asyncapi.js')).createAsyncApi(app));
  server.get('/docs', ({ path }: Request, response: Response) => {
    // Its files are beside it, wherever a proxy has put it.
    if (path.endsWith('/')) return response.redirect('../docs');
    response.setHeader('Content-Security-Policy', POLICY).setHeader('X-Content-Type-Options', 'nosniff');
    response.type('html').send(PAGE);
  });
  server.get('/docs/page.js', (_, response: Response) => void response.type('js').send(PAGE_SCRIPT));
  for (const file of PAGE_FILES) {
    server.get(`/docs/${file}`, (_, response: Response) => response.sendFile(join(pageFolder(), file)));
  }
}

async function answer(response: Response, once: () => Promise<string>, log: Log): Promise<void> {
  try {
    response.type('json').send(await once());
  } catch (error) {
    log.error('document-failed', { error });
    const message = 'The document cannot be made; the cause is in the log of the API.';
    response.status(500).json({ NeutronError: { type: 'HTTPInternalServerError', message, detail: '' } });
  }
}

function kept(create: () => Promise<object>): () => Promise<string> {
  let text: Promise<string> | undefined;
  return () => (text ??= create().then((document) => JSON.stringify(document)));
}

/** Where `@nestjs/swagger` has Swagger UI from. */
function pageFolder(): string {
  const paths = [dirname(require.resolve('@nestjs/swagger'))];
  return dirname(require.resolve('swagger-ui-dist/package.json', { paths }));
}
