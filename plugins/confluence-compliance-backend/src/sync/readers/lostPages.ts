// SPDX-License-Identifier: Apache-2.0
import { MissingScopeError } from '@confluence-compliance/atlassian-client';
import type { Unclear } from '../guards/disappearances';
import { reasonOf } from '../reasons';
import type { RunContext } from '../RunContext';

/**
 * What became of a page that is "not found", although its space can be seen: purged, or hidden from us
 * by a restriction. Only where the content is said not to be there, the page is gone.
 */
export async function lookAtLostPage(
  { parts: { clientFor, signal } }: RunContext,
  pageId: string,
): Promise<'gone' | Unclear> {
  try {
    return (await clientFor('policy').contentExists(pageId, { signal }))
      ? {
          unclear: 'A page of a visible space is hidden from this connection',
          code: 'not-visible',
        }
      : 'gone';
  } catch (error) {
    if (error instanceof MissingScopeError) {
      // No second reading of the list tells what this scope is needed for.
      return { unclear: reasonOf(error).text };
    }
    throw error;
  }
}
