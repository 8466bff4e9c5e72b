// SPDX-License-Identifier: Apache-2.0
import { Avatar, Cell } from '@backstage/ui';
import type { Account } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import list from '../lists/list.module.css';
import { useWords } from '../translation/useWords';
import { AccountFindings } from './AccountFindings';
import styles from './accounts.module.css';
import { FactValue } from './FactValue';
import { useFactWords } from './useFactWords';
import {
  AccountClass,
  AccountEmail,
  AccountPerson,
  AccountStatus,
} from './values';

interface CellProps {
  account: Account;
}

export function AccountCell({ account }: CellProps) {
  const t = useWords();
  const { name, accountId, listed } = account;
  return (
    <Cell>
      <div className={styles.account}>
        <Avatar src="" name={name ?? '?'} size="small" purpose="decoration" />
        <span>
          {name ? (
            <span
              className={`${list.name} ${styles.name}`}
              dir="auto"
              title={name}
            >
              {name}
            </span>
          ) : (
            <span className={theme.mono}>{accountId}</span>
          )}
          <span className={theme.second}>
            <AccountEmail account={account} />
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
  return (
    <Cell>
      <AccountClass account={account} />
    </Cell>
  );
}

export function StatusCell({ account }: CellProps) {
  return (
    <Cell>
      <AccountStatus account={account} />
    </Cell>
  );
}

export function MfaCell({ account }: CellProps) {
  const { mfa } = useFactWords();
  return (
    <Cell>
      <FactValue fact={account.facts.mfa} show={mfa} />
    </Cell>
  );
}

export function LastActiveCell({ account }: CellProps) {
  const { lastActive } = useFactWords();
  return (
    <Cell>
      <FactValue fact={account.facts.lastActive} show={lastActive} />
    </Cell>
  );
}

export function PersonCell({ account }: CellProps) {
  return (
    <Cell>
      <AccountPerson account={account} />
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

export function FindingsCell({ account }: CellProps) {
  return (
    <Cell>
      <AccountFindings account={account} />
    </Cell>
  );
}
