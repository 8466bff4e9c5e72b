// SPDX-License-Identifier: Apache-2.0
import { VisuallyHidden } from '@backstage/ui';
import type {
  SeenCount,
  SpaceGrant,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../components/format';
import { UnknownValue } from '../components/UnknownValue';
import { Since } from '../details/Since';
import styles from './cards.module.css';
import { Principal } from '../components/GrantPath';
import path from '../components/path.module.css';
import { More } from './GrantTable';
import { useLevelWords } from '../components/words';
import { useWords } from '../translation/useWords';

/** How many accounts a principal stands for; one for an account. */
function Members({ grant }: { grant: SpaceGrant }) {
  const t = useWords();
  if (grant.principal.kind === 'account') {
    return <>1</>;
  }
  return grant.members === undefined ? (
    <UnknownValue
      label={t('cards.notCounted')}
      reason={
        grant.principal.kind === 'access-class'
          ? t('cards.membersUnknown')
          : undefined
      }
    />
  ) : (
    <>{formatNumber(grant.members)}</>
  );
}

interface PrincipalTableProps {
  /** Where the space is. */
  connection: string;
  grants: SpaceGrant[];
  inAll: SeenCount;
}

/** Who can do what in a space, those who can do most first. */
export function PrincipalTable({
  connection,
  grants,
  inAll,
}: PrincipalTableProps) {
  const t = useWords();
  const levelWords = useLevelWords();
  if (grants.length === 0) {
    return inAll.unknown ? (
      <p>
        {t('cards.principals')}: <UnknownValue reason={inAll.unknown.text} />
      </p>
    ) : (
      <p className={styles.more}>{t('cards.noPrincipals')}</p>
    );
  }
  return (
    <div>
      <table className={styles.table}>
        <caption>
          <VisuallyHidden>{t('cards.principals')}</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('cards.column.can')}</th>
            <th scope="col">{t('cards.column.who')}</th>
            <th scope="col" className={styles.number}>
              {t('cards.column.people')}
            </th>
            <th scope="col">{t('cards.column.since')}</th>
          </tr>
        </thead>
        <tbody>
          {grants.map(grant => (
            <tr key={`${grant.principal.kind} ${grant.principal.id}`}>
              <th scope="row">{levelWords(grant.level, 'space')}</th>
              <td>
                <span className={path.path}>
                  <Principal
                    step={grant.principal}
                    connection={connection}
                    inCatalog
                  />
                </span>
              </td>
              <td className={styles.number}>
                <Members grant={grant} />
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
