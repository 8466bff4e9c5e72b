// SPDX-License-Identifier: Apache-2.0
import { isError } from '@backstage/errors';
import type {
  Reason,
  Review,
  ReviewScope,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Coverage } from '../coverage';

const REFUSALS = ['ConflictError', 'InputError', 'NotAllowedError'];

export interface Starting {
  /** Ids of the connections there are. */
  connections: () => string[];
  coverage: (scope: ReviewScope) => Promise<Pick<Coverage, 'sources' | 'gaps'>>;
  begin: (reviewId: string) => Promise<Review>;
}

/**
 * Starts a draft that a template made. Gives the reason why it stays a draft; undefined where it was
 * started. What is no refusal, such as a database that is gone, is thrown.
 */
export async function startOrSay(
  { connections, coverage, begin }: Starting,
  reviewId: string,
  scope: ReviewScope,
): Promise<Reason | undefined> {
  if (!connections().includes(scope.connection)) {
    return {
      code: 'connection-gone',
      text: `There is no connection ${scope.connection} any more`,
    };
  }
  const { sources, gaps } = await coverage(scope);
  const [gap] = gaps;
  if (gap) {
    const { dataset, container, reason } = gap;
    return {
      code: 'incomplete',
      text: `${gaps.length} of what is in scope was not read whole, such as ${dataset} of ${container} (${reason.code}): sync again, or start it with these gaps accepted`,
    };
  }
  if (sources.length === 0) {
    return {
      code: 'nothing-in-scope',
      text: 'Nothing is in its scope any more, as the group or space is gone',
    };
  }
  try {
    await begin(reviewId);
    return undefined;
  } catch (error) {
    if (isError(error) && REFUSALS.includes(error.name)) {
      return { code: 'refused', text: error.message };
    }
    throw error;
  }
}
