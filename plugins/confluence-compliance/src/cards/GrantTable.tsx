// SPDX-License-Identifier: Apache-2.0
import type {
  AccountGrant,
  Resource,
  SeenCount,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { VisuallyHidden } from '@backstage/ui';
import type { ReactNode } from 'react';
import { EntityLink } from '../components/EntityLink';
import { formatNumber } from '../components/format';
import { UnknownValue } from '../components/UnknownValue';
import { GrantedLevel } from '../details/GrantedLevel';
import { Since } from '../details/Since';
import styles from './cards.module.css';
import { GrantPath } from '../components/GrantPath';
import { useWords } from '../translation/useWords';

/** Key and title of a space, or the title of a site. */
export function ResourceName({ resource }: { resource: Resource }) {
  const { key, title, entityRef } = resource;
  return (
    <>
      {key && <span className={styles.key}>{key} </span>}
      {entityRef ? (
        <EntityLink entityRef={entityRef} title={title} />
      ) : (
        <bdi>{title}</bdi>
      )}
    </>
  );
}

interface MoreProps {
  shown: number;
  inAll: SeenCount;
  children?: ReactNode;
}

/** What is not on screen, and why there may be more than anybody saw. */
export function More({ shown, inAll, children }: MoreProps) {
  const t = useWords();
  const count = inAll.seen - shown;
  if (count <= 0 && !inAll.unknown && !children) {
    return null;
  }
  return (
    <p className={styles.more}>
      {count > 0 && (
        <span>{t('cards.moreGrants', { count, n: formatNumber(count) })}</span>
      )}
      {inAll.unknown && (
        <UnknownValue
          label={t('cards.mayBeMore')}
          reason={inAll.unknown.text}
        />
      )}
      {children}
    </p>
  );
}

interface GrantTableProps {
  grants: AccountGrant[];
  inAll: SeenCount;
  /** Who has a grant whose path is empty. */
  direct: 'account' | 'group';
  /** Said behind the path, such as how many of a team come that way. */
  note?: (grant: AccountGrant) => ReactNode;
}

/** What an account or a group can do, most powerful first, with the path to it. */
export function GrantTable({ grants, inAll, direct, note }: GrantTableProps) {
  const t = useWords();
  if (grants.length === 0) {
    return inAll.unknown ? (
      <p>
        {t('cards.grants')}: <UnknownValue reason={inAll.unknown.text} />
      </p>
    ) : (
      <p className={styles.more}>{t('cards.noGrants')}</p>
    );
  }
  return (
    <div>
      <table className={styles.table}>
        <caption>
          <VisuallyHidden>{t('cards.grants')}</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('cards.column.can')}</th>
            <th scope="col">{t('cards.column.on')}</th>
            <th scope="col">{t('cards.column.path')}</th>
            <th scope="col">{t('cards.column.since')}</th>
          </tr>
        </thead>
        <tbody>
          {grants.map(grant => (
            <tr
              key={`${grant.resource.connection} ${
                grant.resource.ref
              } ${grant.path.map(({ id }) => id).join(' ')} ${grant.level}`}
            >
              <th scope="row">
                <GrantedLevel grant={grant} kind={grant.resource.kind} />
              </th>
              <td>
                <ResourceName resource={grant.resource} />
              </td>
              <td>
                <GrantPath
                  path={grant.path}
                  direct={direct}
                  connection={grant.resource.connection}
                  inCatalog
                />
                {note?.(grant)}
              </td>
              <td className={styles.when}>
                <Since time={grant.since} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <More shown={grants.length} inAll={inAll} />
    </div>
  );
}
