/** What clients may find out that this API can do; names, texts and dates are Neutron's. Only what is really there is listed. */
export interface Extension {
  readonly alias: string;
  readonly name: string;
  readonly description: string;
  readonly updated: string;
  readonly links: readonly [];
}

const extension = (alias: string, name: string, updated: string, description: string): Extension => ({
  name,
  alias,
  description,
  updated,
  links: [],
});

export const EXTENSIONS: readonly Extension[] = [
  extension('agent', 'agent', '2013-02-03T10:00:00-00:00', 'The agent management extension.'),
  extension(
    'allowed-address-pairs',
    'Allowed Address Pairs',
    '2013-07-23T10:00:00-00:00',
    'Provides allowed address pairs',
  ),
  extension(
    'binding',
    'Port Binding',
    '2014-02-03T10:00:00-00:00',
    'Expose port bindings of a virtual port to external application',
  ),
  extension(
    'external-net',
    'Neutron external network',
    '2013-01-14T10:00:00-00:00',
    'Adds external network attribute to network resource.',
  ),
  extension(
    'multi-provider',
    'Multi Provider Network',
    '2013-06-27T10:00:00-00:00',
    'Expose mapping of virtual networks to multiple physical networks',
  ),
  extension('net-mtu', 'Network MTU', '2015-03-25T10:00:00-00:00', 'Provides MTU attribute for a network resource.'),
  extension(
    'net-mtu-writable',
    'Network MTU (writable)',
    '2017-07-12T00:00:00-00:00',
    'Provides a writable MTU attribute for a network resource.',
  ),
  extension(
    'pagination',
    'Pagination support',
    '2016-06-12T00:00:00-00:00',
    'Extension that indicates that pagination is enabled.',
  ),
  extension(
    'project-id',
    'project_id field enabled',
    '2016-09-09T09:09:09-09:09',
    'Extension that indicates that project_id field is enabled.',
  ),
  extension(
    'provider',
    'Provider Network',
    '2012-09-07T10:00:00-00:00',
    'Expose mapping of virtual networks to physical networks',
  ),
  extension(
    'quotas',
    'Quota management support',
    '2012-07-29T10:00:00-00:00',
    'Expose functions for quotas management per project',
  ),
  extension(
    'quota_details',
    'Quota details management support',
    '2017-02-10T10:00:00-00:00',
    'Expose functions for quotas usage statistics per project',
  ),
  extension(
    'revision-if-match',
    'If-Match constraints based on revision_number',
    '2016-12-11T00:00:00-00:00',
    'Extension indicating that If-Match based on revision_number is supported.',
  ),
  extension(
    'service-type',
    'Neutron Service Type Management',
    '2013-01-20T00:00:00-00:00',
    'API for retrieving service providers for Neutron advanced services',
  ),
  extension(
    'sorting',
    'Sorting support',
    '2016-06-12T00:00:00-00:00',
    'Extension that indicates that sorting is enabled.',
  ),
  extension(
    'standard-attr-description',
    'standard-attr-description',
    '2016-02-10T10:00:00-00:00',
    'Extension to add descriptions to standard attributes',
  ),
  extension(
    'standard-attr-revisions',
    'Resource revision numbers',
    '2016-04-11T10:00:00-00:00',
    'This extension will display the revision number of neutron resources.',
  ),
  extension(
    'standard-attr-tag',
    'Tag support for resources with standard attribute: network, subnet, port',
    '2017-01-01T00:00:00-00:00',
    'Enables to set tag on resources with standard attribute.',
  ),
  extension(
    'standard-attr-timestamp',
    'Resource timestamps',
    '2016-09-12T10:00:00-00:00',
    'Adds created_at and updated_at fields to all Neutron resources that have Neutron standard attributes.',
  ),
  extension(
    'l2-gateway',
    'L2 Gateway',
    '2015-01-01T00:00:00-00:00',
    'Connects Neutron networks with external networks at layer 2.',
  ),
  extension(
    'l2-gateway-connection',
    'L2 Gateway connection',
    '2014-01-01T00:00:00-00:00',
    'Connects Neutron networks with external networks at layer 2.',
  ),
  ...['l2-remote-gateway', 'l2-remote-gateway-connection', 'l2-remote-mac'].map((alias) =>
    extension(
      alias,
      `L2 ${alias.slice('l2-'.length).replaceAll('-', ' ')}`,
      '2015-12-31T00:00:00-00:00',
      'Connects Neutron networks with networks of other clouds at layer 2.',
    ),
  ),
];
