// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type { AccountDetail } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiGroupLine } from '@remixicon/react';
import { useState } from 'react';
import { GroupLink } from '../components/GroupLink';
import { formatNumber } from '../components/format';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import styles from '../details/details.module.css';
import { Since } from '../details/Since';
import { useWords } from '../translation/useWords';

const SHOWN = 8;

/** The groups that an account is in, which most of its access comes from. */
export function MemberOf({ account }: { account: AccountDetail }) {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  const groups = account.memberOf;
  const n = formatNumber(groups.length);
  return (
    <Panel
      flush
      title={t('accounts.page.groups.title')}
      sub={
        groups.length > 0 &&
        t('accounts.page.groups.count', { count: groups.length, n })
      }
    >
      {groups.length === 0 && (
        <p className={styles.note}>{t('accounts.page.groups.none')}</p>
      )}
      <ul className={styles.rows}>
        {groups
          .slice(0, isOpen ? undefined : SHOWN)
          .map(({ groupId, name, since }) => (
            <li key={groupId}>
              <RiGroupLine size={14} aria-hidden="true" />
              <span className={theme.cut} dir="auto" title={name}>
                <GroupLink
                  connection={account.connection}
                  groupId={groupId}
                  name={name}
                />
              </span>
              <span className={`${theme.second} ${styles.tight}`}>
                {t('directory.since')} <Since time={since} asDay />
              </span>
            </li>
          ))}
      </ul>
      {groups.length > SHOWN && !isOpen && (
        <div className={styles.more}>
          <Button
            variant="secondary"
            size="small"
            onPress={() => setOpen(true)}
          >
            {t('directory.showAll', { n })}
          </Button>
        </div>
      )}
    </Panel>
  );
}
