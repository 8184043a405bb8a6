import { chooseColumns } from './columns.js';

describe('Columns', () => {
  const present = ['id', 'name', 'network_id', 'l2_gateway_id', 'tenant_id', 'provider:segmentation_id'];
  it.each([
    [[], ['id', 'name'], []],
    [['name', 'id'], ['name', 'id'], []],
    [['ID', 'Network ID', 'L2 GateWay ID', 'Tenant'], ['id', 'network_id', 'l2_gateway_id', 'tenant_id'], []],
    [['Provider:Segmentation ID'], ['provider:segmentation_id'], []],
    [['id', 'nmae'], ['id'], ['nmae']],
  ])('%j', (wanted, columns, unknown) => {
    expect(chooseColumns(present, ['id', 'name'], wanted)).toEqual({ columns, unknown });
  });
});
