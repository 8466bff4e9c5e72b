// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { Button } from '@backstage/ui';
import {
  type PeopleSource,
  peopleManagePermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { Banner } from '../components/Banner';
import { StateTag } from '../components/StateTag';
import { ReasonDialog } from '../components/ReasonDialog';
import theme from '../components/theme.module.css';
import { useAcceptPeopleShrink } from '../queries';
import { useWords } from '../translation/useWords';
import { useSourceName } from './useSourceName';

/** That a source lost so many people that nobody was taken for gone, until somebody accepts it. */
export function RefusedPeople({ source }: { source: PeopleSource }) {
  const t = useWords();
  const { allowed } = usePermission({ permission: peopleManagePermission });
  const { mutate, isPending, error } = useAcceptPeopleShrink();
  const [isOpen, setOpen] = useState(false);
  const name = useSourceName()(source);
  const named = { source: <bdi>{name}</bdi> };
  if (source.reason?.code !== 'shrink-refused') {
    return null;
  }
  return (
    <Banner
      tone="warn"
      glyph={<StateTag tone="warning" label={t('people.shrink.word')} />}
      actions={
        allowed ? (
          <Button
            variant="secondary"
            aria-label={t('people.shrink.acceptOf', { source: name })}
            onPress={() => setOpen(true)}
          >
            {t('people.shrink.accept')}
          </Button>
        ) : (
          <span className={theme.second}>
            {t('people.shrink.forbidden', {
              permission: peopleManagePermission.name,
            })}
          </span>
        )
      }
    >
      <span dir="auto">
        {t('people.shrink.text', {
          ...named,
          reason: <bdi>{source.reason.text}</bdi>,
        })}
      </span>
      {isOpen && (
        <ReasonDialog
          title={t('people.shrink.dialog', named)}
          text={t('people.shrink.dialogText')}
          label={t('people.shrink.reason')}
          hint={t('people.shrink.reasonHint')}
          submit={t('people.shrink.accept')}
          isPending={isPending}
          error={error}
          onSubmit={reason =>
            mutate(
              { source: source.id, reason },
              { onSuccess: () => setOpen(false) },
            )
          }
          onClose={() => setOpen(false)}
        />
      )}
    </Banner>
  );
}
