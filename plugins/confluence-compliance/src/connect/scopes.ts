// SPDX-License-Identifier: Apache-2.0
import type {
  ConnectionSetup,
  Scope,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Chosen, Draft } from './draft';

/** What a method is asked to be allowed for the purposes that it serves. */
export function scopesOf(
  { scopes }: ConnectionSetup,
  { purposes }: Pick<Draft, 'purposes'>,
  { method, purposes: served = purposes }: Chosen,
): Scope[] {
  return scopes.filter(
    scope =>
      scope.purposes.some(purpose => served.includes(purpose)) &&
      (!scope.methods || scope.methods.includes(method)),
  );
}
