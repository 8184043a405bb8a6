import type { Expected, ShownCertificate } from './peer-check.js';
import { checkPeer } from './peer-check.js';

const CERTIFICATE: ShownCertificate = {
  subject: 'CN=tor1',
  fingerprint256: 'AA',
  validFrom: 100,
  validTo: 200,
  isFor: (name) => name === 'tor1',
};
const AUTHORITY = { trust: { kind: 'authority', caFile: 'ca.pem' } } as const;
const FIRST_SEEN = { trust: { kind: 'first-seen', pinFile: 'pin.pem' } } as const;

describe('A TLS peer', () => {
  const verdict = (settings: Expected['settings'], more: { doubt?: string; now?: number; pinned?: string } = {}) => {
    const { doubt, now = 150, pinned } = more;
    return checkPeer('ssl:h:1', { certificate: CERTIFICATE, doubt }, { settings, pinned, now })?.message;
  };

  it('is trusted if the authority vouches for it', () => {
    expect(verdict(AUTHORITY)).toBeUndefined();
    expect(verdict(AUTHORITY, { doubt: 'WHY' })).toBe(
      'ca.pem does not vouch for the certificate of ssl:h:1 (CN=tor1): WHY',
    );
  });

  it('is trusted at first sight, then if it is the same, or the authority that it showed vouches for it', () => {
    expect(verdict(FIRST_SEEN, { doubt: 'WHY' })).toBeUndefined();
    expect(verdict(FIRST_SEEN, { doubt: 'WHY', pinned: 'AA' })).toBeUndefined();
    expect(verdict(FIRST_SEEN, { pinned: 'BB' })).toBeUndefined();
    expect(verdict(FIRST_SEEN, { doubt: 'WHY', pinned: 'BB' })).toMatch(/shows another certificate \(CN=tor1\)/);
  });

  it.each([AUTHORITY, FIRST_SEEN])('is not trusted before or after its time, nor under another name', (settings) => {
    expect(verdict(settings, { now: 99, pinned: 'AA' })).toMatch(/is not valid before 1970.*; see the clocks/);
    expect(verdict(settings, { now: 201, pinned: 'AA' })).toMatch(/expired on 1970/);
    expect(verdict({ ...settings, peerName: 'tor1' })).toBeUndefined();
    expect(verdict({ ...settings, peerName: 'tor2' })).toMatch(/is not one for tor2/);
  });

  it('is not trusted without a certificate', () => {
    const expected = { settings: FIRST_SEEN, pinned: undefined, now: 150 };
    expect(checkPeer('ssl:h:1', { certificate: undefined, doubt: 'WHY' }, expected)?.message).toMatch(/no certificate/);
  });
});
