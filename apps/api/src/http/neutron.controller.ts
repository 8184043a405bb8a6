import { Controller, UseFilters, UseGuards, UseInterceptors, applyDecorators } from '@nestjs/common';
import { PlumgridDialect } from '../plumgrid/plumgrid-dialect.js';
import { AdminGuard } from './admin.guard.js';
import { FaultFilter } from './fault.filter.js';

/** A controller of the Neutron dialect: under `/v2.0`, for administrators, with faults in Neutron's shape; and PLUMgrid's under `/v2`. */
export const NeutronController = (path: string): ClassDecorator =>
  applyDecorators(
    Controller(`v2.0/${path}`),
    UseGuards(AdminGuard),
    UseInterceptors(PlumgridDialect),
    UseFilters(FaultFilter),
  );
