import { bindingStatistics, sentTransactions, switchDifference, switchResync } from '@l2gw/contracts';
import { Get, Put } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { type Ask, Asked } from '../http/ask.js';
import { NeutronController } from '../http/neutron.controller.js';
import { AskSwitch } from './ask-switch.js';
import { differenceView, resyncView, statisticsView, transactionView } from './switch-answers.view.js';

/** What only the agent of a switch can tell, now. */
@NeutronController('l2-switches')
export class SwitchInspectionController {
  constructor(private readonly ask: AskSwitch) {}

  @Get(':id/transactions')
  @MessagePattern('switch.transactions')
  async transactions(@Asked() { id }: Ask) {
    const transactions = await this.ask.run(id, 'transactions', sentTransactions.decode);
    return { transactions: transactions.map(transactionView) };
  }

  @Get(':id/diff')
  @MessagePattern('switch.diff')
  async diff(@Asked() { id }: Ask) {
    return { diff: differenceView(await this.ask.run(id, 'diff', switchDifference.decode)) };
  }

  @Get(':id/statistics')
  @MessagePattern('switch.statistics')
  async statistics(@Asked() { id }: Ask) {
    return { statistics: statisticsView(await this.ask.run(id, 'statistics', bindingStatistics.decode)) };
  }

  @Put(':id/resync')
  @MessagePattern('switch.resync')
  async resync(@Asked() { id }: Ask) {
    return { resync: resyncView(await this.ask.run(id, 'resync', switchResync.decode)) };
  }
}
