import { createProgram } from './create-program.js';

const commands = createProgram({}, process).commands;
const usage = (name: string) => commands.find((each) => each.name() === name)?.usage();
const verbs = (noun: string) => commands.find((each) => each.name() === noun)?.commands.map((each) => each.name());

describe('The command line', () => {
  it.each([
    ['l2-gateway-create', '[options] <name>'],
    ['l2-gateway-update', '[options] <gateway>'],
    ['l2-gateway-delete', '[options] <gateway...>'],
    ['l2-gateway-list', '[options]'],
    ['l2-gateway-show', '[options] <gateway>'],
    ['l2-gateway-connection-create', '[options] <gateway> <network>'],
    ['l2-gateway-connection-delete', '[options] <connection...>'],
    ['l2-gateway-connection-list', '[options]'],
    ['l2-gateway-connection-show', '[options] <connection>'],
    ['l2-remote-gateway-create', '[options] <name> <ip-address>'],
    ['l2-remote-gateway-update', '[options] <remote-gateway>'],
    ['l2-remote-gateway-delete', '[options] <remote-gateway...>'],
    ['l2-remote-gateway-list', '[options]'],
    ['l2-remote-gateway-show', '[options] <remote-gateway>'],
    ['l2-remote-gateway-connection-create', '[options] <gateway> <network> <remote-gateway>'],
    ['l2-remote-gateway-connection-delete', '[options] <remote-gateway-connection...>'],
    ['l2-remote-gateway-connection-list', '[options]'],
    ['l2-remote-gateway-connection-show', '[options] <remote-gateway-connection>'],
    ['l2-remote-mac-create', '[options] <mac-ip> <remote-connection>'],
    ['l2-remote-mac-delete', '[options] <remote-mac...>'],
    ['l2-remote-mac-list', '[options]'],
    ['l2-remote-mac-show', '[options] <remote-mac>'],
  ])('has %s of the specifications, with %s', (name, expected) => {
    expect(usage(name)).toBe(expected);
  });

  it.each([
    ['gateway', ['create', 'update', 'delete', 'list', 'show']],
    ['connection', ['create', 'delete', 'list', 'show']],
    ['remote-gateway', ['create', 'update', 'delete', 'list', 'show']],
    ['remote-connection', ['create', 'delete', 'list', 'show']],
    ['remote-mac', ['create', 'import', 'delete', 'list', 'show']],
    ['peer', ['create', 'update', 'delete', 'list', 'show', 'clear-duplicates', 'refresh', 'rib-in']],
    ['network', ['list', 'show']],
    ['switch', ['list', 'show', 'macs', 'announce', 'transactions', 'diff', 'statistics', 'resync', 'forget']],
  ])('has %s with %j', (noun, expected) => {
    expect(verbs(noun)).toEqual(expected);
  });
});
