import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';

/** Nouns of the core API, by which old clients find their way. */
const CORE = [
  { name: 'network', collection: 'networks' },
  { name: 'subnet', collection: 'subnets' },
  { name: 'port', collection: 'ports' },
];

/** Where the API is and which version it speaks: what clients ask before they have a token. */
@Controller()
export class VersionsController {
  @Get()
  all(@Req() request: Request) {
    return { versions: [versionAt(request)] };
  }

  /** Neutron's list of nouns; and the version, for clients whose endpoint ends in `/v2.0`. */
  @Get('v2.0')
  version(@Req() request: Request) {
    return {
      version: versionAt(request),
      resources: CORE.map((each) => ({ ...each, links: [selfAt(request, each.collection)] })),
    };
  }
}

function versionAt(request: Request) {
  return { id: 'v2.0', status: 'CURRENT', links: [selfAt(request, '')] };
}

function selfAt(request: Request, path: string) {
  return { rel: 'self', href: `${request.protocol}://${request.get('host') ?? ''}/v2.0/${path}` };
}
