// SPDX-License-Identifier: Apache-2.0
import type { CheckPolicy } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
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
