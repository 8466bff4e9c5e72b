// SPDX-License-Identifier: Apache-2.0
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Avatar, Cell } from '@backstage/ui';
import type { Account } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiLinkM, RiLinkUnlinkM } from '@remixicon/react';
import { EntityLink } from '../components/EntityLink';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { UnknownValue } from '../components/UnknownValue';
import { confluenceComplianceTranslationRef } from '../translation';
import styles from './accounts.module.css';

interface CellProps {
  account: Account;
}

export function AccountCell({ account }: CellProps) {
  const { t } = useTranslationRef(confluenceComplianceTranslationRef);
  const { name, accountId, email, emailReason, listed } = account;
  return (
    <Cell>
      <div className={styles.account}>
        <Avatar src="" name={name ?? '?'} size="small" purpose="decoration" />
        <span>
          {name ? (
            <span
              className={`${styles.name} ${theme.cut}`}
              dir="auto"
              title={name}
            >
              {name}
            </span>
          ) : (
            <span className={theme.mono}>{accountId}</span>
          )}
          <span className={theme.second}>
            {email && (
              <span className={theme.cut} dir="auto" title={email}>
                {email}
              </span>
            )}
            {!email && emailReason && (
              <UnknownValue
                label={t('accounts.emailUnknown')}
                reason={emailReason.text}
              />
            )}
            {!email && !emailReason && t('accounts.noEmail')}
          </span>
          {!listed && (
            <span className={`${theme.second} ${styles.line}`}>
              {t('accounts.notListed')}
            </span>
          )}
        </span>
      </div>
    </Cell>
  );
}

export function ClassCell({ account }: CellProps) {
  const { t } = useTranslationRef(confluenceComplianceTranslationRef);
  return <Cell>{t(`accounts.class.${account.class}`)}</Cell>;
}

/** Only unusual states get a chip; unknown says why. */
export function StatusCell({ account: { status } }: CellProps) {
  const { t } = useTranslationRef(confluenceComplianceTranslationRef);
  switch (status) {
    case 'active':
      return <Cell>{t('accounts.status.active')}</Cell>;
    case 'unknown':
    case '':
      return (
        <Cell>
          <UnknownValue reason={t('accounts.statusUnknown')} />
        </Cell>
      );
    case 'inactive':
    case 'suspended':
    case 'deactivated':
    case 'closed':
      return (
        <Cell>
          <span className={styles.chip}>{t(`accounts.status.${status}`)}</span>
        </Cell>
      );
    default:
      return (
        <Cell>
          <span className={styles.chip} dir="auto">
            {status}
          </span>
        </Cell>
      );
  }
}

export function PersonCell({ account: { person } }: CellProps) {
  const { t } = useTranslationRef(confluenceComplianceTranslationRef);
  if (!person) {
    return (
      <Cell>
        <span className={styles.person}>
          <RiLinkUnlinkM aria-hidden="true" />
          {t('accounts.nobody')}
        </span>
      </Cell>
    );
  }
  const { ref, how } = person;
  const known = how === 'account-id' || how === 'email' || how === 'manual';
  return (
    <Cell>
      <span className={styles.person}>
        <RiLinkM aria-hidden="true" />
        <EntityLink entityRef={ref} />
        <span className={theme.second}>
          {known ? t(`accounts.how.${how}`) : how}
        </span>
      </span>
    </Cell>
  );
}

export function GroupsCell({ account }: CellProps) {
  return (
    <Cell>
      <span className={theme.number}>{formatNumber(account.groups)}</span>
    </Cell>
  );
}

export function FindingsCell({ account: { findings } }: CellProps) {
  const { t } = useTranslationRef(confluenceComplianceTranslationRef);
  return (
    <Cell>
      {findings > 0 ? (
        <span className={styles.findings}>{formatNumber(findings)}</span>
      ) : (
        <span className={theme.muted}>{t('accounts.noFindings')}</span>
      )}
    </Cell>
  );
}
