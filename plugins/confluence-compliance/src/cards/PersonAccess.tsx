// SPDX-License-Identifier: Apache-2.0
import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import type {
  Access,
  AccessAccount,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiLinkUnlinkM } from '@remixicon/react';
import { formatDate, formatNumber } from '../components/format';
import { UnknownValue } from '../components/UnknownValue';
import styles from './cards.module.css';
import { Facts } from './Facts';
import { GrantTable } from './GrantTable';
import { useAccountHref } from './links';
import { Quiet } from './WithAccess';
import {
  useLevelWords,
  useLinkWords,
  useStatusWords,
} from '../components/words';
import { topGrant } from './words';
import { useWords } from '../translation/useWords';
import { WorstCheck } from './WorstCheck';

export type Person = NonNullable<Access['person']>;

/** How many grants a card shows. */
export const CARD_ROWS = 3;

/** State of an account and how it was linked; of several accounts also where. */
function AccountFact({
  account,
  several,
}: {
  account: AccessAccount;
  several: boolean;
}) {
  const t = useWords();
  const status = useStatusWords()(account.status);
  const linkWords = useLinkWords();
  const href = useAccountHref(account);
  const words = account.how
    ? t('cards.linked', { status, how: linkWords(account.how) })
    : t('cards.unlinked', { status });
  if (!several) {
    return <>{words}</>;
  }
  const site = <bdi>{account.connectionTitle}</bdi>;
  return (
    <span className={styles.line}>
      {href ? <Link href={href}>{site}</Link> : site}: {words}
    </span>
  );
}

/** The most that somebody can do; unknown where nothing was seen and not all was read. */
export function LevelFact({
  of,
}: {
  of: Pick<Person, 'grants' | 'grantsInAll'>;
}) {
  const t = useWords();
  const levelWords = useLevelWords();
  const top = topGrant(of.grants);
  const { unknown } = of.grantsInAll;
  if (!top) {
    return unknown ? (
      <UnknownValue reason={unknown.text} />
    ) : (
      <>{t('cards.none')}</>
    );
  }
  const words = levelWords(top.level, top.resource.kind);
  return unknown && top.level !== 'admin' ? (
    <UnknownValue
      label={t('cards.atLeast', { n: words })}
      reason={unknown.text}
    />
  ) : (
    <>
      {words}
      {top.effective === 'perhaps' && (
        <>
          {' '}
          <UnknownValue
            label={t('directory.perhapsEffective')}
            reason={top.why?.text}
          />
        </>
      )}
    </>
  );
}

function Nobody({ entityRef }: { entityRef: string }) {
  const t = useWords();
  const { primaryTitle } = useEntityPresentation(entityRef);
  return (
    <Quiet
      icon={<RiLinkUnlinkM aria-hidden="true" />}
      title={t('cards.access.nobody', { name: <bdi>{primaryTitle}</bdi> })}
    >
      {t('cards.access.nobodyHint')}
    </Quiet>
  );
}

/** When their access was last reviewed, and whether somebody must decide now. */
function ReviewFact({ review }: { review: NonNullable<Person['review']> }) {
  const t = useWords();
  const { lastAt, undecided } = review;
  return (
    <>
      {lastAt
        ? t('cards.review.last', { date: formatDate(new Date(lastAt)) })
        : t('cards.review.never')}
      {undecided > 0 && (
        <span className={styles.line}>
          {t('cards.review.undecided', {
            count: undecided,
            n: formatNumber(undecided),
          })}
        </span>
      )}
    </>
  );
}

interface PersonAccessProps {
  access: Access;
  person: Person;
}

/** What the accounts of a person can do, worst check first. */
export function PersonAccess({ access, person }: PersonAccessProps) {
  const t = useWords();
  const { accounts, grants, grantsInAll } = person;
  if (accounts.length === 0) {
    return (
      <>
        {access.checks.length > 0 && <WorstCheck access={access} />}
        <Nobody entityRef={access.entityRef} />
      </>
    );
  }
  const several = accounts.length > 1;
  const groups = accounts.reduce((sum, account) => sum + account.groups, 0);
  const sites = [...new Set(accounts.map(account => account.connectionTitle))];
  return (
    <>
      <WorstCheck access={access} />
      <Facts
        items={[
          {
            label: several ? t('cards.fact.accounts') : t('cards.fact.account'),
            value: accounts.map(account => (
              <AccountFact
                key={`${account.connection} ${account.accountId}`}
                account={account}
                several={several}
              />
            )),
          },
          { label: t('cards.fact.groups'), value: formatNumber(groups) },
          { label: t('cards.fact.level'), value: <LevelFact of={person} /> },
          {
            label:
              sites.length > 1 ? t('cards.fact.sites') : t('cards.fact.site'),
            value: sites.map(site => (
              <span key={site} dir="auto" className={styles.line}>
                {site}
              </span>
            )),
          },
          ...(person.review
            ? [
                {
                  label: t('cards.fact.review'),
                  value: <ReviewFact review={person.review} />,
                },
              ]
            : []),
        ]}
      />
      <GrantTable
        grants={grants.slice(0, CARD_ROWS)}
        inAll={grantsInAll}
        direct="account"
      />
    </>
  );
}
