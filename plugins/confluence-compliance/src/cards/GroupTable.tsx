// SPDX-License-Identifier: Apache-2.0
import { GroupLink } from '../components/GroupLink';
import { formatNumber } from '../components/format';
import styles from './cards.module.css';
import type { Group } from './GroupAccess';
import { useWords } from '../translation/useWords';

/** The Confluence groups of a team, and how many of its people are in each. */
export function GroupTable({ groups }: { groups: Group['groups'] }) {
  const t = useWords();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('cards.column.group')}</th>
          <th scope="col">{t('cards.fact.site')}</th>
          <th scope="col" className={styles.number}>
            {t('cards.column.people')}
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.map(({ people, ...group }) => (
          <tr key={`${group.connection} ${group.groupId}`}>
            <th scope="row">
              <GroupLink {...group} inCatalog />
            </th>
            <td>
              <bdi>{group.connection}</bdi>
            </td>
            <td className={styles.number}>{formatNumber(people)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
