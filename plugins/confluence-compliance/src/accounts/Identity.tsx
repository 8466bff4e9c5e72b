// SPDX-License-Identifier: Apache-2.0
import { Avatar } from '@backstage/ui';
import type { Account } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ReactNode } from 'react';
import { EntityLink } from '../components/EntityLink';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import styles from '../details/details.module.css';
import { Fact, Facts } from '../details/Facts';
import { useConnectionTitle } from '../lists/connections';
import { useWords } from '../translation/useWords';
import { FactValue } from './FactValue';
import { useFactWords } from './useFactWords';
import {
  AccountClass,
  AccountEmail,
  AccountPerson,
  AccountStatus,
} from './values';

/** What the sources say, in the order of the page. */
const told = [
  'firstName',
  'lastName',
  'license',
  'role',
  'mfa',
  'lastActive',
  'managed',
] as const;

type Told = (typeof told)[number];

/** Who an account is, as far as Atlassian and the catalog say. */
export function Identity({ account }: { account: Account }) {
  const t = useWords();
  const { name, accountId, listed, entityRef, connection, facts } = account;
  const show: Partial<Record<Told, (value: string) => ReactNode>> =
    useFactWords();
  const connectionTitle = useConnectionTitle()(connection);
  return (
    <Panel title={t('accounts.page.identity.title')}>
      <div className={styles.who}>
        <Avatar src="" name={name ?? '?'} size="medium" purpose="decoration" />
        <span className={styles.whoText}>
          {name && (
            <strong className={theme.cut} dir="auto" title={name}>
              {name}
            </strong>
          )}
          <span className={theme.second}>
            <AccountEmail account={account} />
          </span>
        </span>
      </div>
      <Facts>
        <Fact name={t('accounts.page.identity.person')}>
          <AccountPerson account={account} />
        </Fact>
        <Fact name={t('accounts.page.identity.status')}>
          <AccountStatus account={account} />
        </Fact>
        <Fact name={t('accounts.page.identity.class')}>
          <AccountClass account={account} />
        </Fact>
        {told.map(fact => (
          <Fact key={fact} name={t(`accounts.page.identity.${fact}`)}>
            <FactValue fact={facts[fact]} show={show[fact]} withSource />
          </Fact>
        ))}
        {!listed && (
          <Fact name={t('accounts.page.identity.listed')}>
            {t('accounts.notListed')}
          </Fact>
        )}
        <Fact name={t('accounts.page.identity.entity')}>
          {entityRef ? (
            <EntityLink entityRef={entityRef} />
          ) : (
            <span className={theme.muted}>
              {t('accounts.page.identity.noEntity')}
            </span>
          )}
        </Fact>
        <Fact name={t('accounts.page.identity.connection')}>
          <bdi>{connectionTitle}</bdi>
        </Fact>
        <Fact name={t('accounts.page.identity.id')}>
          <span className={theme.mono}>{accountId}</span>
        </Fact>
      </Facts>
    </Panel>
  );
}
