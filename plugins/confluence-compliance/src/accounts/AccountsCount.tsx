// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonLink } from '@backstage/ui';
import {
  type Account,
  accountLinkPermission,
  type AccountsQuery,
  type Page,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useSearchParams } from 'react-router-dom';
import { formatNumber } from '../components/format';
import { atLeast, useTotalWords } from '../components/totals';
import styles from '../lists/list.module.css';
import { IdentifyButton } from '../identify/IdentifyButton';
import { PeopleLink } from '../people/PeopleLink';
import { useLinks } from '../scope/links';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { filterNames } from './filters';
import { type Part, splitStatuses, useSplit } from './useSplit';

interface AccountsCountProps {
  data: Page<Account>;
  query: AccountsQuery;
}

/** How many there are, in which states, and those that wait for somebody to say who they are. */
export function AccountsCount({ data, query }: AccountsCountProps) {
  const t = useWords();
  const total = data.totalItems;
  const parts = useSplit(data, query);
  const n = useTotalWords()(total);
  const through = parts.filter(
    ({ name, total: left }) =>
      (name === 'unlinked' || name === 'mfaUnknown') && atLeast(left) > 0,
  );
  return (
    <>
      <p className={styles.total} role="status">
        {t('accounts.count', { count: atLeast(total), n })}
      </p>
      <Split parts={parts} total={total} />
      {through.length > 0 && <WorkThrough parts={through} />}
      <PeopleLink />
    </>
  );
}

function Split({ parts, total }: { parts: Part[]; total: unknown }) {
  const t = useWords();
  const words = useTotalWords();
  const states = splitStatuses.flatMap(name =>
    parts
      .filter(part => part.name === name)
      .map(({ total: count }) => ({ name, total: count })),
  );
  if (states.length < splitStatuses.length) {
    return null;
  }
  const rest =
    typeof total === 'number' &&
    states.every(part => typeof part.total === 'number')
      ? states.reduce((left, part) => left - atLeast(part.total), total)
      : 0;
  const shown = [
    ...states
      .filter(part => atLeast(part.total) > 0)
      .map(part => t(`accounts.split.${part.name}`, { n: words(part.total) })),
    ...(rest > 0 ? [t('accounts.split.rest', { n: formatNumber(rest) })] : []),
  ];
  // One part is the whole: it would only say the count again.
  return shown.length > 1 ? (
    <p className={styles.split}>{shown.join(', ')}</p>
  ) : null;
}

/** Lists that somebody can work through, within the filters that are on. */
function WorkThrough({ parts }: { parts: Part[] }) {
  const t = useWords();
  const [params] = useSearchParams();
  const words = useTotalWords();
  const links = useLinks();
  const { allowed } = usePermission({ permission: accountLinkPermission });
  const isPast = useIsPast();
  const mayIdentify = allowed && !isPast;
  const kept = Object.fromEntries(
    filterNames.map(name => [name, params.get(name) ?? undefined]),
  );
  return (
    <span className={styles.through}>
      {t('accounts.through.label')}
      {parts.map(({ name, total }) => {
        const isUnlinked = name === 'unlinked';
        if (isUnlinked && mayIdentify) {
          return <IdentifyButton key={name} />;
        }
        const more = isUnlinked ? { person: 'unlinked' } : { mfa: 'unknown' };
        return (
          <ButtonLink
            key={name}
            variant="secondary"
            size="small"
            href={links.accounts({ ...kept, ...more })}
          >
            {t(`accounts.through.${isUnlinked ? 'unlinked' : 'mfaUnknown'}`, {
              count: atLeast(total),
              n: words(total),
            })}
          </ButtonLink>
        );
      })}
    </span>
  );
}
