// SPDX-License-Identifier: Apache-2.0
import { ButtonLink } from '@backstage/ui';
import { RiUserFollowLine } from '@remixicon/react';
import { EmptyState } from '../components/EmptyState';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';

/** That there is nobody left to be found. */
export function Identified() {
  const t = useWords();
  const back = useLinks().accounts();
  return (
    <EmptyState
      icon={<RiUserFollowLine />}
      title={t('identify.empty.title')}
      text={t('identify.empty.text')}
      actions={
        back && (
          <ButtonLink variant="secondary" href={back}>
            {t('identify.empty.back')}
          </ButtonLink>
        )
      }
    />
  );
}
