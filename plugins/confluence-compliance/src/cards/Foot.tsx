// SPDX-License-Identifier: Apache-2.0
import { ButtonLink } from '@backstage/ui';
import type { Access } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  RiArrowRightSLine,
  RiCheckLine,
  RiContrastLine,
} from '@remixicon/react';
import { TimeAgo } from '../components/TimeAgo';
import { UnknownValue } from '../components/UnknownValue';
import styles from './cards.module.css';
import { useWords } from '../translation/useWords';

/** The one way on from a card; absent for whoever may not go there. */
export interface FootLink {
  href?: string;
  label: string;
}

interface FootProps {
  access: Access;
  link?: FootLink;
}

/** How whole the answer is, how old, and the one way on. */
export function Foot({ access, link }: FootProps) {
  const t = useWords();
  const { incomplete, readAt } = access;
  return (
    <div className={styles.foot}>
      <span className={styles.footState}>
        {incomplete && readAt && (
          <UnknownValue
            label={t('cards.foot.partial')}
            reason={incomplete.text}
          />
        )}
        {!incomplete && readAt && (
          <>
            <RiCheckLine size={14} aria-hidden="true" />
            <span>{t('cards.foot.complete')},</span>
          </>
        )}
        {incomplete && readAt && (
          <>
            <RiContrastLine size={14} aria-hidden="true" />
            {t('cards.foot.read')}
          </>
        )}
        {readAt ? (
          <TimeAgo time={readAt} />
        ) : (
          <UnknownValue
            label={t('cards.foot.never')}
            reason={incomplete?.text ?? t('cards.foot.neverReason')}
          />
        )}
      </span>
      {link?.href && (
        <ButtonLink
          href={link.href}
          variant="tertiary"
          size="small"
          iconEnd={<RiArrowRightSLine />}
        >
          {link.label}
        </ButtonLink>
      )}
    </div>
  );
}
