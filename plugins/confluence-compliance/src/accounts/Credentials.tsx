// SPDX-License-Identifier: Apache-2.0
import type {
  AccountCredential,
  AccountDetail,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiKey2Line, RiRobot2Line } from '@remixicon/react';
import type { ReactNode } from 'react';
import { AccountName } from '../components/AccountName';
import { formatNumber } from '../components/format';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { UnknownValue } from '../components/UnknownValue';
import styles from '../details/details.module.css';
import list from '../lists/list.module.css';
import { useWords } from '../translation/useWords';

/** Nothing is said of a credential that simply works. */
const plain = new Set(['ALLOWED', 'ACTIVE', undefined]);

/** With what an account can act besides signing in, or why nobody knows. */
export function Credentials({ account }: { account: AccountDetail }) {
  const t = useWords();
  const { items, total, unknown } = account.credentials;
  return (
    <Panel
      flush
      title={t('accounts.page.credentials.title')}
      sub={
        total > items.length &&
        t('accounts.page.credentials.newest', {
          shown: formatNumber(items.length),
          total: formatNumber(total),
        })
      }
    >
      {items.length === 0 && unknown.length === 0 && (
        <p className={styles.note}>
          <strong>{t('accounts.page.credentials.none')}</strong>{' '}
          {t('accounts.page.credentials.noneText')}
        </p>
      )}
      {items.length > 0 && (
        <ul className={styles.rows}>
          {items.map((credential, i) => (
            <Row
              key={i}
              credential={credential}
              connection={account.connection}
            />
          ))}
        </ul>
      )}
      {distinct(unknown).map(({ kind, reason }) => (
        <p className={styles.note} key={kind}>
          <UnknownValue
            label={t(`accounts.page.credentials.unknown.${kind}`)}
            reason={reason.text}
          />{' '}
          <bdi>{reason.text}</bdi>
        </p>
      ))}
    </Panel>
  );
}

type Unknown = AccountDetail['credentials']['unknown'][number];
type UnknownKind = Unknown['kind'] | 'both';

/** What is unknown for one reason is said once. */
function distinct(
  unknown: Unknown[],
): Array<{ kind: UnknownKind; reason: Unknown['reason'] }> {
  const [first, second] = unknown;
  return second && second.reason.text === first.reason.text
    ? [{ kind: 'both', reason: first.reason }]
    : unknown;
}

function Row({
  credential,
  connection,
}: {
  credential: AccountCredential;
  connection: string;
}) {
  const t = useWords();
  const { kind, label, status, createdAt, createdBy, expiresAt, lastUsedAt } =
    credential;
  const isToken = kind === 'api-token';
  const ended = expiresAt !== undefined && Date.parse(expiresAt) <= Date.now();
  const name = isToken
    ? label ?? t('accounts.page.credentials.noLabel')
    : t('accounts.page.credentials.serviceAccount');
  const known = status === 'BLOCKED' || status === 'INACTIVE';
  const words = () => {
    if (plain.has(status)) {
      return ended ? t('accounts.page.credentials.status.ended') : undefined;
    }
    return known ? t(`accounts.page.credentials.status.${status}`) : status;
  };
  const chip = words();
  return (
    <li>
      {isToken ? (
        <RiKey2Line size={14} aria-hidden="true" />
      ) : (
        <RiRobot2Line size={14} aria-hidden="true" />
      )}
      <span className={styles.whoText}>
        <span className={theme.cut} dir="auto" title={name}>
          {name}
        </span>
        {!isToken && (
          <span className={theme.second}>
            <Fact word={t('accounts.page.credentials.madeBy')}>
              {createdBy && (
                <AccountName connection={connection} accountId={createdBy} />
              )}
            </Fact>
          </span>
        )}
        {isToken && (
          <span className={theme.second}>
            <Fact word={t('accounts.page.credentials.created')}>
              {createdAt && <TimeAgo time={createdAt} />}
            </Fact>
            <Fact word={t('accounts.page.credentials.used')}>
              {lastUsedAt ? (
                <TimeAgo time={lastUsedAt} />
              ) : (
                t('accounts.page.credentials.noUse')
              )}
            </Fact>
            <Fact
              word={
                ended
                  ? t('accounts.page.credentials.expired')
                  : t('accounts.page.credentials.expires')
              }
            >
              {expiresAt && <TimeAgo time={expiresAt} />}
            </Fact>
          </span>
        )}
      </span>
      {chip && (
        <span className={list.chip} dir="auto">
          {chip}
        </span>
      )}
    </li>
  );
}

/** A fact under its word; one that is not told is unknown. */
function Fact({ word, children }: { word: string; children: ReactNode }) {
  return (
    <span className={styles.line}>
      {word} {children || <UnknownValue />}
    </span>
  );
}
