import { ConfigurationError, Settings } from './settings.js';

describe('The configuration', () => {
  it('names every problem at once', () => {
    const settings = new Settings({ L2GW_OVSDB_PROBE_MS: 'x', L2GW_SWICH_NAME: 'tor-1' }, ['--auth=magic']);
    settings.text('L2GW_SWITCH_NAME');
    settings.integer('L2GW_OVSDB_PROBE_MS', 5000, 'milliseconds');
    settings.oneOf('L2GW_AUTH', ['none', 'token'], 'none');
    expect(() => settings.settled({})).toThrow(
      new ConfigurationError([
        'L2GW_SWICH_NAME is not a variable of this product',
        'L2GW_SWITCH_NAME is not set',
        'L2GW_OVSDB_PROBE_MS is not a number of milliseconds: x',
        'L2GW_AUTH is not one of none, token: magic',
      ]),
    );
  });

  it('lets a flag override the environment', () => {
    const settings = new Settings({ L2GW_SWITCH_NAME: 'tor-1' }, ['--switch-name', 'tor-2']);
    expect(settings.text('L2GW_SWITCH_NAME')).toBe('tor-2');
  });

  it('reads where to listen, also on IPv6', () => {
    const settings = new Settings({ L2GW_HTTP_LISTEN: '[::1]:0' }, []);
    expect(settings.listen('L2GW_HTTP_LISTEN', '127.0.0.1:9696')).toEqual({ host: '::1', port: 0 });
  });

  it('gives a value that nobody can change', () => {
    const config = new Settings({}, []).settled({ port: 1 });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('never shows the content of a secret file, only that it cannot be read', () => {
    const settings = new Settings({ L2GW_NATS_TOKEN_FILE: '/nonexistent/token' }, []);
    expect(settings.secret('L2GW_NATS_TOKEN_FILE')).toBeUndefined();
    expect(() => settings.settled({})).toThrow(/L2GW_NATS_TOKEN_FILE names a file that cannot be read/);
  });
});
