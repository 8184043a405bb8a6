import { locatorTo } from '../switch/locator.js';
import { planTunnels } from './plan-tunnels.js';

const tunnel = (id: string, params: Record<string, string>) => ({
  id,
  local: '10.0.0.1',
  remote: locatorTo('10.0.0.2'),
  params: new Map(Object.entries(params)),
  status: new Map<string, string>(),
});

describe('BFD of tunnels', () => {
  it('is left as it is when nobody wants anything', () => {
    expect(planTunnels(undefined, [tunnel('t', { enable: 'true' })])).toEqual([]);
  });

  it('is switched on where it is not, with what others have set beside it', () => {
    const wish = { enable: true, minRx: 300 };
    const tunnels = [tunnel('new', { cpath_down: 'true' }), tunnel('done', { enable: 'true', min_rx: '300', x: 'y' })];
    expect(planTunnels(wish, tunnels)).toEqual([
      {
        id: 'new',
        params: new Map([
          ['cpath_down', 'true'],
          ['enable', 'true'],
          ['min_rx', '300'],
        ]),
      },
    ]);
  });

  it('is switched off', () => {
    expect(planTunnels({ enable: false }, [tunnel('t', { enable: 'true', min_tx: '100' })])).toEqual([
      {
        id: 't',
        params: new Map([
          ['enable', 'false'],
          ['min_tx', '100'],
        ]),
      },
    ]);
  });
});
