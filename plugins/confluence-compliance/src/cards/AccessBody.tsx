// SPDX-License-Identifier: Apache-2.0
import type { Access } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { FootLink } from './Foot';
import { GroupAccess } from './GroupAccess';
import { useAccountHref, useCheckHrefs } from './links';
import { PersonAccess } from './PersonAccess';
import { Quiet } from './WithAccess';
import { useWords } from '../translation/useWords';

/** The access of a person, a team or a Confluence group. */
export function AccessBody({ access }: { access: Access }) {
  const t = useWords();
  if (access.person) {
    return <PersonAccess access={access} person={access.person} />;
  }
  if (access.group) {
    return <GroupAccess access={access} group={access.group} />;
  }
  return <Quiet title={t('cards.access.notConcerned')} />;
}

/** The one way on: to the account where there is one, else to the checks. */
export function useAccessLink(access?: Access): FootLink | undefined {
  const t = useWords();
  const accounts = access?.person?.accounts ?? [];
  const [only] = accounts.length === 1 ? accounts : [];
  const accountHref = useAccountHref(only);
  const hrefs = useCheckHrefs();
  if (only) {
    return { href: accountHref, label: t('cards.foot.account') };
  }
  return access?.group
    ? { href: hrefs.checks(), label: t('cards.foot.checks') }
    : undefined;
}
