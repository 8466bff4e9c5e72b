// SPDX-License-Identifier: Apache-2.0
import type { NamedPage } from '../history';

/** The pages of a policy that are current: exactly one fulfils it. */
export function currentPages({ pages }: { pages: NamedPage[] }) {
  // A label is only listed on pages that are current.
  return pages.filter(
    ({ payload }) => !payload || payload.status === 'current',
  );
}
