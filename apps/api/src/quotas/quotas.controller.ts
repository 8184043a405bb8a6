import { Delete, Get, HttpCode, Put } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { Facts } from '../database/facts.js';
import { type Ask, Asked } from '../http/ask.js';
import { badRequest } from '../http/neutron-error.js';
import { NeutronController } from '../http/neutron.controller.js';
import { unconditional } from '../http/precondition.js';
import { readUpdate } from '../http/resource.js';
import { quotaResource } from './quota.body.js';
import { QUOTA_RESOURCES } from './quota-resources.js';
import { usage } from './quota-store.js';
import { Quotas } from './quotas.js';
import { SetQuota } from './set-quota.js';

const LONGEST = 255;

/** How much each project may have; a quota's id is its project's. */
@NeutronController('quotas')
export class QuotasController {
  constructor(
    private readonly facts: Facts,
    private readonly quotas: Quotas,
    private readonly setQuota: SetQuota,
  ) {}

  /** Of the projects that have limits of their own. */
  @Get()
  @MessagePattern('quota.list')
  async list() {
    const limits = await this.quotas.all(this.facts.db);
    return { quotas: [...limits].map(([project_id, each]) => ({ ...each, tenant_id: project_id, project_id })) };
  }

  @Get(':id')
  @MessagePattern('quota.show')
  async show(@Asked() ask: Ask) {
    return { quota: await this.quotas.limitsOf(this.facts.db, projectOf(ask)) };
  }

  @Get(':id/default')
  @MessagePattern('quota.default')
  default(@Asked() ask: Ask) {
    projectOf(ask);
    return { quota: this.quotas.defaults };
  }

  @Get(':id/details')
  @MessagePattern('quota.details')
  async details(@Asked() ask: Ask) {
    const project = projectOf(ask);
    const limits = await this.quotas.limitsOf(this.facts.db, project);
    const used = await usage(this.facts.db, project);
    const detail = (resource: keyof typeof limits) => ({
      limit: limits[resource],
      used: used.get(resource) ?? 0,
      reserved: 0,
    });
    return { quota: Object.fromEntries(QUOTA_RESOURCES.map((resource) => [resource, detail(resource)])) };
  }

  @Put(':id')
  @MessagePattern('quota.update')
  async update(@Asked() ask: Ask) {
    const project = projectOf(unconditional(ask));
    const body = readUpdate(quotaResource, ask.body);
    if ((body.project_id ?? project) !== project) throw badRequest('Cannot update read-only attribute tenant_id');
    await this.setQuota.run(project, body);
    return { quota: await this.quotas.limitsOf(this.facts.db, project) };
  }

  @Delete(':id')
  @HttpCode(204)
  @MessagePattern('quota.delete')
  delete(@Asked() ask: Ask) {
    return this.setQuota.reset(projectOf(unconditional(ask)));
  }
}

function projectOf({ id }: Ask): string {
  if (id !== '' && id.length <= LONGEST && !id.includes('\0')) return id;
  throw badRequest(`A project's id has 1 to ${LONGEST} characters.`);
}
