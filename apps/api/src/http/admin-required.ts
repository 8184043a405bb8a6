import { NeutronError } from './neutron-error.js';

/**
 * What the reference tells somebody who is no administrator. It reads an object before it changes or deletes it, and so
 * calls that GET, too.
 */
export function adminRequired(creates: 'creates' | 'reads or changes'): NeutronError {
  const verb = creates === 'creates' ? 'CREATE' : 'GET';
  return new NeutronError(
    403,
    'AdminRequired',
    `User does not have admin privileges: Cannot ${verb} resource for non admin tenant.`,
  );
}
