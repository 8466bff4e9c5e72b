// SPDX-License-Identifier: Apache-2.0
import type { SpaceGrant } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useWords } from '../translation/useWords';

/** How many accounts a principal stands for, or why nobody knows. */
export function useMembers() {
  const t = useWords();
  return ({
    principal,
    members,
  }: SpaceGrant): { count?: number; reason?: string } => {
    if (members !== undefined) {
      return { count: members };
    }
    switch (principal.kind) {
      case 'account':
        return { count: 1 };
      case 'access-class':
        return { reason: t('spaces.page.access.membersUnknown') };
      default:
        return { reason: t('spaces.page.access.membersUnread') };
    }
  };
}
