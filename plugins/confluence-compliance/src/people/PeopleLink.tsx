// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonLink } from '@backstage/ui';
import { accountLinkPermission } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useLinks } from '../scope/links';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';

/** Leads to where people come from, whoever may see it. */
export function PeopleLink() {
  const t = useWords();
  const { allowed } = usePermission({ permission: accountLinkPermission });
  const isPast = useIsPast();
  const href = useLinks().people();
  return allowed && !isPast && href ? (
    <ButtonLink variant="tertiary" size="small" href={href}>
      {t('people.link')}
    </ButtonLink>
  ) : null;
}
