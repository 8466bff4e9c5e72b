// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/ui';
import type { Policy } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { AccountName } from '../components/AccountName';
import { formatDate } from '../components/format';
import theme from '../components/theme.module.css';
import { UnknownValue } from '../components/UnknownValue';
import { VerdictTag } from '../components/VerdictTag';
import { ExceptionTag } from '../exceptions/ExceptionTag';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import { Acknowledged } from './Acknowledged';
import styles from './policies.module.css';
import { currentPage, useStateName, worstOf } from './state';

/** One row per policy: state, what is approved, what is published, who owns it. */
export function PoliciesTable({ policies }: { policies: Policy[] }) {
  const t = useWords();
  return (
    <div className={theme.scroll}>
      <table className={theme.table}>
        <thead>
          <tr>
            {(
              [
                'policy',
                'state',
                'approved',
                'published',
                'acknowledged',
                'owner',
              ] as const
            ).map(name => (
              <th key={name} scope="col">
                {t(`policies.column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {policies.map(policy => (
            <PolicyRow key={policy.id} policy={policy} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function PolicyRow({ policy }: { policy: Policy }) {
  const t = useWords();
  const href = useLinks().policy(policy.id);
  const stateName = useStateName();
  const worst = worstOf(policy);
  const page = currentPage(policy);
  const { approval } = policy;
  return (
    <tr>
      <th scope="row" className={styles.name}>
        {href ? (
          <Link href={href}>
            <bdi>{policy.title}</bdi>
          </Link>
        ) : (
          <bdi>{policy.title}</bdi>
        )}
        <span className={theme.second} dir="auto">
          {page
            ? `${page.spaceKey ?? page.spaceId} / ${page.title}`
            : policy.rule}
        </span>
      </th>
      <td>
        <VerdictTag verdict={worst.verdict} label={stateName(worst)} />
        {worst.exception && (
          <span className={styles.excepted}>
            <ExceptionTag exception={worst.exception} />
          </span>
        )}
        {worst.verdict !== 'pass' && (
          <p className={`${theme.second} ${styles.why}`} dir="auto">
            {worst.reason.text}
          </p>
        )}
        {policy.checking && (
          <p className={`${theme.second} ${styles.why}`}>
            {t('policies.checking')}
          </p>
        )}
      </td>
      <td className={theme.number}>
        {approval
          ? t('policies.versionOn', {
              n: String(approval.version),
              date: formatDate(new Date(approval.at)),
            })
          : t('policies.none')}
      </td>
      <td className={theme.number}>
        {page ? (
          <span
            className={
              approval && approval.version !== page.version
                ? styles.differs
                : undefined
            }
          >
            {t('policies.version', { n: String(page.version) })}
          </span>
        ) : (
          <UnknownValue reason={t('policies.pageUnread')} />
        )}
      </td>
      <td className={theme.number}>
        <Acknowledged of={policy.acknowledged} />
      </td>
      <td>
        {page?.ownerId ? (
          <AccountName
            connection={policy.connection}
            accountId={page.ownerId}
          />
        ) : (
          <UnknownValue reason={t('policies.ownerUnknown')} />
        )}
      </td>
    </tr>
  );
}
