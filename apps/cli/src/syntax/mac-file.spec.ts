import { parseMacFile } from './mac-file.js';

const A = '00:00:00:00:00:0a';
const B = '00:00:00:00:00:0b';
const both = [{ mac: A, ip: '192.0.2.1' }, { mac: B }];

describe('A file of remote MACs', () => {
  it.each([
    ['CSV', `${A},192.0.2.1\n${B}\n`],
    ['CSV with an empty IP', `${A},192.0.2.1\n${B},\n`],
    ['the tuples of the command line', `${A};192.0.2.1\n${B}\n`],
    ['CSV with a heading', `name,IP_Address,MAC\nx,192.0.2.1,${A}\ny,,${B}\n`],
    ['CSV with comments, empty lines and a byte order mark', `\uFEFF# all\r\n\r\n"${A}","192.0.2.1"\r\n${B}`],
    ['the specification’s JSON', JSON.stringify({ 'remote-macs': [{ mac: A, ip: '192.0.2.1' }, { mac: B }] })],
    [
      'the reference’s JSON',
      JSON.stringify({
        l2_remote_macs: [
          { mac: A, ipaddr: '192.0.2.1' },
          { mac: B, ipaddr: null },
        ],
      }),
    ],
    ['a JSON list of objects or tuples', `\n[{"mac": "${A}", "ip_addr": "192.0.2.1"}, "${B}"]`],
  ])('may be %s', (_, text) => {
    expect(parseMacFile(text)).toMatchObject({ macs: both, problems: [] });
  });

  it('names everything that is wrong with it, and where', () => {
    expect(parseMacFile(`${A}\nx\n${B},y\n\n${A}\n${B}"\n${B},192.0.2.1,1\n`).problems).toEqual([
      'line 2: not a MAC address: "x"',
      'line 3: not an IP address: "y"',
      `line 5: ${A} stands already on line 1`,
      'line 6: a quotation mark is out of place',
      'line 7: more than a MAC and an IP; name the columns',
    ]);
    expect(parseMacFile(`[1, {"ip": "192.0.2.1"}, {"mac": "${A}", "ip": 1}, "${B}", "${B}"]`).problems).toEqual([
      'item 1: neither an object nor a text: 1',
      'item 2: "mac" is not a text',
      'item 3: "ip" is not a text',
      `item 5: ${B} stands already on item 4`,
    ]);
  });

  it.each([
    ['{"macs": []}', 'the file: is no list of MACs, and has no "remote-macs"'],
    ['[', /^the file: is not JSON: /],
  ])('%s is none', (text, problem) => {
    expect(parseMacFile(text).problems).toEqual([
      typeof problem === 'string' ? problem : expect.stringMatching(problem),
    ]);
  });

  it('is read a hundred thousand lines at a time', () => {
    const lines = Array.from({ length: 100_000 }, (_, n) =>
      `02:00:${n.toString(16).padStart(8, '0')}`.replace(/(..)(..)(..)(..)$/, '$1:$2:$3:$4'),
    );
    expect(parseMacFile(lines.join('\n'))).toMatchObject({ macs: { length: 100_000 }, problems: [] });
  });
});
