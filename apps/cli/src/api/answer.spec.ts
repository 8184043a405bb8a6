import { Failure } from '../failures.js';
import { readAnswer } from './answer.js';

const fault = (type: string, detail = '') => JSON.stringify({ NeutronError: { type, message: 'words', detail } });

function failureOf(status: number, text: string): readonly [number, string] {
  try {
    readAnswer('http://a', status, text);
  } catch (error) {
    if (error instanceof Failure) return [error.exitCode, `${error.type}: ${error.message}`];
  }
  throw new Error('is no failure');
}

describe('An answer', () => {
  it.each([
    [200, '{"a": 1}', { a: 1 }],
    [204, '', {}],
  ])('%d %s is a success', (status, text, json) => {
    expect(readAnswer('http://a', status, text)).toEqual(json);
  });

  it.each([
    [400, fault('HTTPBadRequest'), 1, 'HTTPBadRequest: words'],
    [409, fault('InUse', 'more'), 1, 'InUse: words\nmore'],
    [404, fault('L2GatewayNotFound'), 3, 'L2GatewayNotFound: words'],
    [500, fault('HTTPInternalServerError'), 1, 'HTTPInternalServerError: words'],
    [404, '<html>', 3, 'HTTP404: http://a answers 404'],
    [503, 'no server', 4, 'Unreachable: http://a answers 503: the API behind it is down'],
    [302, '', 4, "Unreachable: http://a redirects elsewhere; name the API's own URL"],
    [200, '<html>', 4, 'Unreachable: http://a answers 200 with something that is not JSON'],
  ])('%d %s ends with status %d', (status, text, exitCode, printed) => {
    expect(failureOf(status, text)).toEqual([exitCode, printed]);
  });
});
