// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  SpaceDetail,
  SpaceGrant,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { confluenceComplianceApiRef } from '../api';
import { Principal } from '../components/GrantPath';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { StateTag } from '../components/StateTag';
import { UnknownValue } from '../components/UnknownValue';
import { DownloadCsv } from '../csv/DownloadCsv';
import { useCompleteness } from '../csv/useCompleteness';
import styles from '../details/details.module.css';
import { GrantedLevel } from '../details/GrantedLevel';
import { ListPanel } from '../details/ListPanel';
import { Nothing } from '../details/Nothing';
import { OpenerHead, OperationsRow } from '../details/Operations';
import { Since } from '../details/Since';
import { useSpaceGrants } from '../queries';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { useSpaceGrantColumns } from './csv';
import { useMembers } from './useMembers';

/** The principals that a space's permissions name, and what each can do. */
export function WhoCanDoWhat({ space }: { space: SpaceDetail }) {
  const t = useWords();
  const { asOf } = useScope().query;
  const api = useApi(confluenceComplianceApiRef);
  const columns = useSpaceGrantColumns(space.connection);
  const grants = useSpaceGrants(space.connection, space.key, { asOf });
  const unread = space.principals === undefined;
  const gap =
    space.reach.people.unknown?.text ??
    (unread ? t('spaces.unread') : undefined);
  const completeness = useCompleteness(
    ['grants', 'memberships', 'directory'],
    space.connection,
    gap,
  );
  return (
    <ListPanel
      title={t('spaces.page.access.title')}
      list={grants}
      count={total => t('spaces.page.access.count', total)}
      download={
        <DownloadCsv
          name={t('csv.file.accessTo', { name: space.key })}
          columns={columns}
          completeness={completeness}
          connection={space.connection}
          read={(page, options) =>
            api.listSpaceGrants(
              space.connection,
              space.key,
              { asOf, ...page },
              options,
            )
          }
        />
      }
      loading={{ rows: 4, height: 28 }}
      nothing={
        <Nothing
          gap={unread ? gap : undefined}
          unread={t('spaces.page.access.unread')}
          none={t('spaces.page.access.none')}
          text={t('spaces.page.access.noneText')}
        />
      }
    >
      {items => (
        <div className={theme.scroll}>
          <table className={`${theme.table} ${styles.grants}`}>
            <thead>
              <tr>
                <OpenerHead />
                <th scope="col">{t('spaces.page.access.who')}</th>
                <th scope="col">{t('spaces.page.access.can')}</th>
                <th scope="col" className={styles.figure}>
                  {t('spaces.page.access.accounts')}
                </th>
                <th scope="col">{t('spaces.page.access.since')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map(grant => (
                <GrantRow
                  connection={space.connection}
                  key={`${grant.principal.kind} ${grant.principal.id} ${grant.level}`}
                  grant={grant}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </ListPanel>
  );
}

interface GrantRowProps {
  grant: SpaceGrant;
  connection: string;
}

function GrantRow({ grant, connection }: GrantRowProps) {
  const t = useWords();
  const { principal, operations, since } = grant;
  return (
    <OperationsRow
      name={principal.name ?? principal.id}
      operations={operations}
      columns={4}
    >
      <th
        scope="row"
        className={`${styles.names} ${styles.principal}`}
        title={principal.name}
      >
        <Principal step={principal} connection={connection} />
        <Marks grant={grant} />
        {isAnonymous(grant) && (
          <>
            {' '}
            <StateTag tone="fail" label={t('spaces.open')} />
          </>
        )}
      </th>
      <td>
        <GrantedLevel grant={grant} kind="space" />
      </td>
      <td className={styles.figure}>
        <Members grant={grant} />
      </td>
      <td className={styles.tight}>
        <Since time={since} />
      </td>
    </OperationsRow>
  );
}

/** What asks for a second look: guests, accounts of nobody known, and findings. */
function Marks({ grant }: { grant: SpaceGrant }) {
  const t = useWords();
  const { findings: count = 0, excepted = 0, marks = [], principal } = grant;
  const n = formatNumber(count);
  const words =
    principal.kind === 'group'
      ? t('spaces.page.access.membersWithFindings', { count, n })
      : t('directory.findings.count', { count, n });
  return (
    <>
      {marks.map(mark => (
        <span key={mark}>
          {' '}
          <StateTag
            tone={mark === 'guest' ? 'none' : 'unknown'}
            label={t(
              mark === 'guest' ? 'accounts.class.guest' : 'accounts.nobody',
            )}
          />
        </span>
      ))}
      {count > 0 && (
        <>
          {' '}
          <StateTag
            tone={excepted < count ? 'warning' : 'excepted'}
            label={words}
          />
        </>
      )}
      {excepted > 0 && (
        <span className={theme.muted}>
          {' '}
          {t('exceptions.counted', { n: formatNumber(excepted) })}
        </span>
      )}
    </>
  );
}

function isAnonymous({ principal: { kind, id } }: SpaceGrant): boolean {
  return kind === 'access-class' && id === 'anonymous-users';
}

/** How many accounts a principal stands for. */
function Members({ grant }: { grant: SpaceGrant }) {
  const { count, reason } = useMembers()(grant);
  return count === undefined ? (
    <UnknownValue reason={reason} />
  ) : (
    <>{formatNumber(count)}</>
  );
}
