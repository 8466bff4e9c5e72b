// SPDX-License-Identifier: Apache-2.0
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/** The full ref of a person's own `User`; undefined for anything else, our mirrors included. */
export function personRef(
  person: string | undefined,
  namespace: string,
): string | undefined {
  if (!person) {
    return undefined;
  }
  try {
    const ref = parseEntityRef(person);
    const isOwnUser =
      ref.kind.toLowerCase() === 'user' &&
      ref.namespace.toLowerCase() !== namespace.toLowerCase();
    return isOwnUser ? stringifyEntityRef(ref) : undefined;
  } catch {
    return undefined;
  }
}
