// SPDX-License-Identifier: Apache-2.0
import type {
  Account,
  AccountFact,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiLinkM, RiLinkUnlinkM } from '@remixicon/react';
import { EntityLink } from '../components/EntityLink';
import theme from '../components/theme.module.css';
import { UnknownValue } from '../components/UnknownValue';
import { useLinkWords } from '../components/words';
import list from '../lists/list.module.css';
import { useWords } from '../translation/useWords';
import styles from './accounts.module.css';
import { StaleMark } from './StaleMark';

interface AccountValueProps {
  account: Account;
}

/** The email, or why there is none. */
export function AccountEmail({
  account: { email, emailReason },
}: AccountValueProps) {
  const t = useWords();
  if (email) {
    return (
      <span className={theme.cut} dir="auto" title={email}>
        {email}
      </span>
    );
  }
  return emailReason ? (
    <UnknownValue
      label={t('accounts.emailUnknown')}
      reason={emailReason.text}
    />
  ) : (
    <>{t('accounts.noEmail')}</>
  );
}

/** What an account is, and whether it is outside the licensed population. */
export function AccountClass({ account }: AccountValueProps) {
  const t = useWords();
  return (
    <>
      {t(`accounts.class.${account.class}`)}
      {account.outsideUserGroup && (
        <>
          {' '}
          <span className={list.chip}>{t('accounts.outside')}</span>
        </>
      )}
    </>
  );
}

/** The state of an account, and whether it can still be read. */
export function AccountStatus({ account: { facts } }: AccountValueProps) {
  return (
    <>
      <State fact={facts.status} />
      <StaleMark fact={facts.status} />
    </>
  );
}

/** Only unusual states get a chip; unknown says why. */
function State({ fact }: { fact: AccountFact }) {
  const t = useWords();
  const status = fact.value ?? '';
  switch (status) {
    case 'active':
      return <>{t('accounts.status.active')}</>;
    case 'unknown':
    case '':
      return (
        <UnknownValue
          reason={fact.reason?.text ?? t('accounts.statusUnknown')}
        />
      );
    case 'inactive':
    case 'suspended':
    case 'deactivated':
    case 'removed':
    case 'closed':
      return (
        <span className={list.chip}>{t(`accounts.status.${status}`)}</span>
      );
    default:
      return (
        <span className={list.chip} dir="auto">
          {status}
        </span>
      );
  }
}

/** The person behind the account and how they were linked. */
export function AccountPerson({ account: { person } }: AccountValueProps) {
  const linkWords = useLinkWords();
  const t = useWords();
  if (!person) {
    return (
      <span className={styles.person}>
        <RiLinkUnlinkM aria-hidden="true" />
        <span>{t('accounts.nobody')}</span>
      </span>
    );
  }
  const { ref, how, confidence } = person;
  return (
    <span className={styles.person}>
      <RiLinkM aria-hidden="true" />
      <span>
        <EntityLink entityRef={ref} />{' '}
        <span className={theme.second}>
          <bdi>{linkWords(how)}</bdi>
          {confidence === 'likely' && <>, {t('identify.confidence.likely')}</>}
        </span>
      </span>
    </span>
  );
}
