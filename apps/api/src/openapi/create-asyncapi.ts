import type { INestApplication } from '@nestjs/common';
import { noteOf } from './note-route.js';
import { nounOf, schemas } from './create-openapi.js';
import { CHANNELS, type Channel, WIRE_SCHEMAS } from './bus-channels.js';
import { type Route, routesOf } from './routes.js';
import { type Schema, record, reference, text } from './schema.js';

/** The AsyncAPI 3.0 document of the bus as the API sees it: what it receives, answers and sends. */
export function createAsyncApi(app: INestApplication): object {
  const channels = [...routesOf(app).flatMap(rpcChannel), ...CHANNELS];
  return {
    asyncapi: '3.0.0',
    info: { title: 'L2GW on NATS', version: '1.0.0', description: 'Within version 1, fields are only added.' },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(channels.map((each) => [each.name, channelOf(each)])),
    operations: Object.fromEntries(channels.map((each) => [each.name, operationOf(each)])),
    components: { schemas: { ...schemas(), ...WIRE_SCHEMAS } },
  };
}

/** Over the bus, a request that succeeds has status 200 whatever REST says, and may have no body. */
function rpcChannel(route: Route): readonly Channel[] {
  const noun = nounOf(route);
  if (route.pattern === undefined) return [];
  const { summary = '', request, answer } = noun === undefined ? {} : noteOf(noun, route);
  const fields = {
    ...(route.home.includes(':') || route.below.includes(':') ? { id: text('Of the path.') } : {}),
    query: text('The query string of the REST request.'),
    ...(request === undefined ? {} : { body: request }),
  };
  return [
    {
      name: `rpc.${route.pattern}`,
      address: `l2gw.v1.rpc.${route.pattern}`,
      summary,
      action: 'receive',
      headers: record({ 'X-Auth-Token': text() }, ['X-Auth-Token']),
      message: record(fields, ['id', 'query', ...(request === undefined ? [] : ['body'])]),
      answer: { oneOf: [...(answer === undefined ? [] : [answer]), reference('NeutronError')] },
      answerHeaders: record({ 'L2gw-Status': text('200, or the status of the error.', { pattern: '^\\d{3}$' }) }),
    },
  ];
}

function channelOf({ address, message, headers, answer, answerHeaders }: Channel): object {
  const parameters = [...address.matchAll(/\{(\w+)\}/g)].map((match) => [match[1], {}] as const);
  const payload = (schema: Schema, head?: Schema) => ({
    payload: schema,
    ...(head === undefined ? {} : { headers: head }),
  });
  return {
    address,
    ...(parameters.length > 0 ? { parameters: Object.fromEntries(parameters) } : {}),
    messages: {
      message: payload(message, headers),
      ...(answer === undefined ? {} : { answer: payload(answer, answerHeaders) }),
    },
  };
}

function operationOf({ name, action, summary, answer }: Channel): object {
  const channel = { $ref: `#/channels/${name}` };
  const message = (key: string) => [{ $ref: `#/channels/${name}/messages/${key}` }];
  return {
    action,
    summary,
    channel,
    messages: message('message'),
    ...(answer === undefined ? {} : { reply: { channel, messages: message('answer') } }),
  };
}
