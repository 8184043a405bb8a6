/** Neutron has several kinds of owners of routers' ports: `network:router_interface`, `network:ha_router_replicated_interface`, … */
export const IS_ROUTER = "device_owner LIKE 'network:%router%'";

export function isRouter(port: { readonly device_owner: string }): boolean {
  return /^network:.*router/s.test(port.device_owner);
}
