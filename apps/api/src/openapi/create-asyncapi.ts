import type { INestApplication } from '@nestjs/common';
import { noteOf } from './note-route.js';
import { nounOf, schemas } from './create-openapi.js';
import { CHANNELS, ROW_SCHEMAS } from './bus-channels.js';
import type { Channel } from './channel.js';
import { type Route, routesOf } from './routes.js';
import { record, reference, text } from './schema.js';

/** The AsyncAPI 3.0 document of the bus as the API sees it: what it receives, answers and sends. */
export function createAsyncApi(app: INestApplication): object {
  const channels = [...routesOf(app).flatMap(rpcChannel), ...CHANNELS];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'L2GW on NATS',
      version: '1.0.0',
      description: 'Within version 1, fields are only added. An empty request is `{}`.',
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(channels.map((each) => [each.name, channelOf(each)])),
    operations: Object.fromEntries(channels.map((each) => [each.name, operationOf(each)])),
    components: { schemas: { ...schemas(), ...ROW_SCHEMAS } },
  };
}

const REQUEST_HEADERS = record({ 'X-Auth-Token': text('Absent if the API lets everybody in.') }, ['X-Auth-Token']);
const ANSWER_HEADERS = record({ 'L2gw-Status': text('200, or the status of the error.', { pattern: '^\\d{3}$' }) });

/** Over the bus, a request that succeeds has status 200 whatever REST says; what has no body there has none here. */
function rpcChannel(route: Route): readonly Channel[] {
  const noun = nounOf(route);
  if (route.pattern === undefined) return [];
  const { summary = '', request, answer, query } = noun === undefined ? {} : noteOf(noun, route);
  const isOfOne = route.home.includes(':') || route.below.includes(':');
  const fields = {
    ...(isOfOne ? { id: text('Of the path.') } : {}),
    ...(isOfOne && route.method !== 'GET' ? { if_match: text('The header `If-Match`.') } : {}),
    ...(query === undefined ? {} : { query: text('The query string of the REST request.') }),
    ...(request === undefined ? {} : { body: request }),
  };
  const optional = Object.keys(fields).filter((name) => name !== 'id' && name !== 'body');
  const good = answer ?? { type: 'string', maxLength: 0 };
  return [
    {
      name: `rpc.${route.pattern}`,
      address: `l2gw.v1.rpc.${route.pattern}`,
      summary,
      action: 'receive',
      messages: { request: { payload: record(fields, optional), headers: REQUEST_HEADERS } },
      answer: { payload: { anyOf: [good, reference('NeutronError')] }, headers: ANSWER_HEADERS },
    },
  ];
}

function channelOf({ address, messages, answer, choices = {} }: Channel): object {
  const ids = [...address.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const parameters = ids.map((id) => [id, choices[id] === undefined ? {} : { enum: choices[id] }] as const);
  return {
    address,
    ...(parameters.length > 0 ? { parameters: Object.fromEntries(parameters) } : {}),
    messages: { ...messages, ...(answer === undefined ? {} : { answer }) },
  };
}

function operationOf({ name, action, summary, messages, answer }: Channel): object {
  const channel = { $ref: `#/channels/${name}` };
  const all = (keys: readonly string[]) => keys.map((key) => ({ $ref: `#/channels/${name}/messages/${key}` }));
  return {
    action,
    summary,
    channel,
    messages: all(Object.keys(messages)),
    ...(answer === undefined ? {} : { reply: { channel, messages: all(['answer']) } }),
  };
}
