import { Controller, UseFilters, UseGuards, applyDecorators } from '@nestjs/common';
import { AdminGuard } from './admin.guard.js';
import { FaultFilter } from './fault.filter.js';

/** A controller of the Neutron dialect: under `/v2.0`, for administrators, with faults in Neutron's shape. */
export const NeutronController = (path: string): ClassDecorator =>
  applyDecorators(Controller(`v2.0/${path}`), UseGuards(AdminGuard), UseFilters(FaultFilter));
