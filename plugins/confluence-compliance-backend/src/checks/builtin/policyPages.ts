// SPDX-License-Identifier: Apache-2.0
import type {
  CheckContext,
  CheckPolicy,
  CheckResult,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { Judgement } from './judgement';

/** The one current page of a policy, or why there is none to judge: that is policy.document-set-up. */
export function documentOf({
  pages,
  requires,
  gap,
}: CheckPolicy):
  | { page: CheckPolicy['pages'][number] }
  | { judgement: Judgement } {
  const current = pages.filter(({ status }) => status === 'current');
  return current.length === 1
    ? { page: current[0] }
    : {
        judgement: {
          verdict: 'not-applicable',
          reason: current.length > 1 ? 'several-documents' : 'no-document',
          facts: {},
          restsOnAbsence: true,
          requires,
          ...(gap && { gap }),
        },
      };
}

/** Judges each required policy of each connection. */
export function eachPolicy<P>(
  judge: (policy: CheckPolicy, context: CheckContext<P>) => Judgement,
) {
  return async function* evaluate(
    context: CheckContext<P>,
  ): AsyncIterable<CheckResult> {
    for (const connection of context.connections) {
      for (const policy of await context.data.policies(connection)) {
        yield {
          connection,
          subjectId: policy.id,
          ...judge(policy, context),
        };
      }
    }
  };
}
