// SPDX-License-Identifier: Apache-2.0
import {
  accountReadPermission,
  groupReadPermission,
  type PolicyDetail,
  type PolicyEditors as Editors,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Link } from '@backstage/ui';
import { useAccountHref } from '../cards/links';
import { PanelError } from '../components/ErrorState';
import { formatNumber } from '../components/format';
import { usePrincipalName } from '../components/GrantPath';
import { GroupLink } from '../components/GroupLink';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { UnknownValue } from '../components/UnknownValue';
import { usePolicyEditors } from '../queries';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import styles from './policies.module.css';
import { currentPage } from './state';

/** Who may edit the page of a policy; nothing where it has no one page, or at a past date. */
export function PolicyEditors({ policy }: { policy: PolicyDetail }) {
  const t = useWords();
  const isShown = !useIsPast() && currentPage(policy) !== undefined;
  const { data, error, refetch } = usePolicyEditors(policy.id, isShown);
  if (!isShown) {
    return null;
  }
  return (
    <Panel title={t('policies.editors.title')}>
      {error && <PanelError error={error} onRetry={refetch} stale={!!data} />}
      {!error && !data && <Loading rows={3} />}
      {data && <Known editors={data} />}
    </Panel>
  );
}

function Known({ editors }: { editors: Editors }) {
  const t = useWords();
  const nameOf = usePrincipalName();
  const { accounts, administrators = 0, classes, narrowed, unknown } = editors;
  const { readAt, readingNarrowed } = editors;
  const count =
    accounts === undefined
      ? t('policies.editors.notKnown')
      : t('policies.editors.count', {
          count: accounts,
          n: formatNumber(accounts),
        });
  return (
    <div className={styles.editors}>
      <p className={styles.version}>
        {unknown ? <UnknownValue label={count} reason={unknown.text} /> : count}
      </p>
      {unknown && (
        <p className={theme.second} dir="auto">
          {unknown.text}
        </p>
      )}
      {narrowed !== undefined && (
        <p>{t(`policies.editors.${narrowed ? 'narrowed' : 'open'}`)}</p>
      )}
      {classes.length > 0 && (
        <p dir="auto">
          {t('policies.editors.classes', {
            names: classes
              .map(id => nameOf({ kind: 'access-class', id }))
              .join(', '),
          })}
        </p>
      )}
      {administrators > 0 && (
        <p>
          {t('policies.editors.administrators', {
            count: administrators,
            n: formatNumber(administrators),
          })}
        </p>
      )}
      {readingNarrowed && (
        <p>{t(`policies.editors.readingNarrowed.${readingNarrowed}`)}</p>
      )}
      <Groups editors={editors} />
      <Some editors={editors} />
      {readAt && (
        <p className={theme.second}>
          {t('policies.editors.read', { when: <TimeAgo time={readAt} /> })}
        </p>
      )}
    </div>
  );
}

/** Some of the groups that the page names, and how many others there are. */
function Groups({ editors }: { editors: Editors }) {
  const t = useWords();
  const { connection, groupCount = 0, groups } = editors;
  if (groupCount === 0) {
    return null;
  }
  if (!groups) {
    const { name: permission } = groupReadPermission;
    return (
      <p className={theme.second}>
        {t('policies.editors.groupsHidden', { permission })}
      </p>
    );
  }
  return (
    <>
      <h3 className={styles.missing}>{t('policies.editors.groups')}</h3>
      <ul className={styles.people}>
        {groups.map(({ groupId, name = groupId }) => (
          <li key={groupId}>
            <GroupLink {...{ connection, groupId, name }} />
          </li>
        ))}
        <More count={groupCount - groups.length} />
      </ul>
    </>
  );
}

function More({ count }: { count: number }) {
  const t = useWords();
  return count > 0 ? (
    <li className={theme.second}>
      {t('policies.editors.more', { count, n: formatNumber(count) })}
    </li>
  ) : null;
}

/** Some of the accounts by name, and how many others there are. */
function Some({ editors }: { editors: Editors }) {
  const t = useWords();
  const { accounts = 0, connection, some } = editors;
  if (accounts === 0) {
    return null;
  }
  if (!some) {
    const { name: permission } = accountReadPermission;
    return (
      <p className={theme.second}>
        {t('policies.editors.hidden', { permission })}
      </p>
    );
  }
  return (
    <>
      <h3 className={styles.missing}>{t('policies.editors.some')}</h3>
      <ul className={styles.people}>
        {some.map(({ accountId, name }) => (
          <li key={accountId}>
            <Account {...{ connection, accountId, name }} />
          </li>
        ))}
        <More count={accounts - some.length} />
      </ul>
    </>
  );
}

interface AccountProps {
  connection: string;
  accountId: string;
  name?: string;
}

function Account({ connection, accountId, name }: AccountProps) {
  const href = useAccountHref({ connection, accountId });
  const shown = name ? (
    <bdi title={accountId}>{name}</bdi>
  ) : (
    <bdi className={theme.mono}>{accountId}</bdi>
  );
  return href ? <Link href={href}>{shown}</Link> : shown;
}
