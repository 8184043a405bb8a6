import { startProgram } from '../harness/program.js';

describe('A program that cannot work as it is configured', () => {
  it('says everything that is wrong and ends', async () => {
    const started = startProgram('api', {
      L2GW_AUTH: 'none',
      L2GW_HTTP_LISTEN: '0.0.0.0:0',
      L2GW_HTTP_PROXIES: '10.0.0.0/8,lb.example.com,10.0.0.0/33',
      L2GW_VNI_RANGE: 'x',
      L2GW_TYPO: '1',
    });
    const failure = await started.then(
      () => '',
      (error: Error) => error.message,
    );
    for (const problem of [
      'L2GW_DATABASE_URL is not set',
      'L2GW_AUTH is none, so L2GW_HTTP_LISTEN must be a loopback address, not 0.0.0.0',
      'L2GW_HTTP_PROXIES has what is neither ADDRESS nor ADDRESS/LENGTH: lb.example.com',
      'L2GW_HTTP_PROXIES has what is neither ADDRESS nor ADDRESS/LENGTH: 10.0.0.0/33',
      'L2GW_VNI_RANGE is not FIRST:LAST: x',
      'L2GW_TYPO is not a variable of this product',
    ]) {
      expect(failure).toContain(problem);
    }
  });

  it.each([
    [
      'keystone',
      { L2GW_KEYSTONE_URL: 'keystone:5000', L2GW_KEYSTONE_CACHE_S: 'long' },
      [
        'L2GW_KEYSTONE_URL is not http://… or https://…: keystone:5000',
        'L2GW_KEYSTONE_PASSWORD_FILE is not set',
        'L2GW_KEYSTONE_CACHE_S is not a number of seconds: long',
      ],
    ],
    ['oidc', {}, ['L2GW_OIDC_ISSUER is not set', 'L2GW_OIDC_AUDIENCE is not set']],
  ])('names what it needs to authenticate by %s', async (kind, settings, problems) => {
    const started = startProgram('api', { L2GW_DATABASE_URL: 'postgres://x', L2GW_AUTH: kind, ...settings });
    const failure = await started.then(
      () => '',
      (error: Error) => error.message,
    );
    for (const problem of problems) expect(failure).toContain(problem);
  });
});
