// SPDX-License-Identifier: Apache-2.0
import { ConflictError } from '@backstage/errors';
import type { NamedPage } from '../history';

/** The pages of a policy that are current: exactly one fulfils it. */
export function currentPages({ pages }: { pages: NamedPage[] }) {
  // A label is only listed on pages that are current.
  return pages.filter(
    ({ payload }) => !payload || payload.status === 'current',
  );
}

/** The page that fulfils a policy; undefined while there is none, or more than one. */
export function currentPage(policy: {
  pages: NamedPage[];
}): NamedPage | undefined {
  const [page, ...others] = currentPages(policy);
  return others.length === 0 ? page : undefined;
}

/** The same; a ConflictError without it that says `before` what it is needed. */
export function requireCurrentPage(
  policy: { id: string; pages: NamedPage[] },
  before: string,
): NamedPage {
  const page = currentPage(policy);
  if (!page) {
    const { length } = currentPages(policy);
    throw new ConflictError(
      `The policy '${policy.id}' has ${length} current pages: it needs exactly one before ${before}`,
    );
  }
  return page;
}
