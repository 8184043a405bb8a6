export { type MacAddress, isStation, parseMac } from './mac-address.js';
export { type IpAddress, type VtepIp, byFamily, parseIp, parseVtepIp } from './ip-address.js';
export { MAX_VNI, type Vni, parseVni } from './vni.js';
export { MAX_VLAN, type VlanId, parseVlan } from './vlan-id.js';
