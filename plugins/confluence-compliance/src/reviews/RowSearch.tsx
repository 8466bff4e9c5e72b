// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Combobox } from '@backstage/ui';
import type { ReviewItem } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiCloseLine, RiGroupLine, RiUserLine } from '@remixicon/react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { confluenceComplianceApiRef } from '../api';
import { isForbidden } from '../components/errors';
import theme from '../components/theme.module.css';
import { usePaused } from '../components/usePaused';
import { root } from '../queries';
import { useWords } from '../translation/useWords';
import styles from './reviews.module.css';
import { useRowName } from './words';

/** Whose rows, or rows in what, by their ids. */
export interface Searched {
  principal?: string;
  container?: string;
}

const CHOICES = 8;

const lists = ['accounts', 'groups', 'spaces'] as const;

/** Accounts, groups and spaces of a site by name, and which of these could not be looked through. */
function useFound(connection: string, q: string) {
  const api = useApi(confluenceComplianceApiRef);
  return useQuery({
    queryKey: [root, 'row-search', connection, q],
    queryFn: async ({ signal }) => {
      const query = { connection, q, limit: CHOICES };
      const [accounts, groups, spaces] = await Promise.allSettled([
        api.listAccounts(query, { signal }),
        api.listGroups(query, { signal }),
        api.listSpaces(query, { signal }),
      ]);
      const answers = { accounts, groups, spaces };
      return {
        left: lists.flatMap(list => {
          const answer = answers[list];
          return answer.status === 'rejected'
            ? [{ list, isRefused: isForbidden(answer.reason) }]
            : [];
        }),
        accounts: accounts.status === 'fulfilled' ? accounts.value.items : [],
        groups: groups.status === 'fulfilled' ? groups.value.items : [],
        spaces: spaces.status === 'fulfilled' ? spaces.value.items : [],
      };
    },
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });
}

interface RowSearchProps {
  connection: string;
  searched: Searched;
  /** Rows that were found, which know what they are called. */
  items: ReviewItem[];
  onSearch: (searched: Searched) => void;
}

/** Finds the rows of one person, or those in one group or space. */
export function RowSearch(props: RowSearchProps) {
  const { connection, searched, onSearch } = props;
  const t = useWords();
  const [text, setText] = useState('');
  const { data } = useFound(connection, usePaused(text.trim()));
  if (searched.principal || searched.container) {
    return <Chosen {...props} />;
  }
  const options = [
    ...(data?.accounts ?? []).map(({ accountId, name }) => ({
      id: `principal ${accountId}`,
      label: name ?? accountId,
      leadingIcon: <RiUserLine />,
    })),
    ...(data?.groups ?? []).map(({ groupId, name }) => ({
      id: `container ${groupId}`,
      label: name,
      description: t('reviews.search.group'),
      leadingIcon: <RiGroupLine />,
    })),
    ...(data?.spaces ?? []).map(({ spaceId, name, key }) => ({
      id: `container ${spaceId}`,
      label: `${name} (${key})`,
      description: t('reviews.search.space'),
    })),
  ];
  return (
    <div className={styles.search}>
      <Combobox
        size="small"
        aria-label={t('reviews.search.label')}
        placeholder={t('reviews.search.label')}
        options={options}
        value={null}
        onChange={key => {
          const [, kind, id] = /^(principal|container) (.*)$/.exec(
            String(key ?? ''),
          ) ?? [undefined, undefined, undefined];
          if (kind) {
            setText('');
            onSearch({ [kind]: id });
          }
        }}
        search={{ mode: 'server', inputValue: text, onInputChange: setText }}
      />
      {text.trim() !== '' && data && data.left.length > 0 && (
        <span className={theme.second} role="status">
          {data.left
            .map(({ list, isRefused }) =>
              t(
                isRefused
                  ? `reviews.search.refused.${list}`
                  : `reviews.search.unread.${list}`,
              ),
            )
            .join(' ')}{' '}
          {t('reviews.search.instead')}
        </span>
      )}
    </div>
  );
}

/** What the rows are narrowed to, and a way back to all of them. */
function Chosen({ searched, items, onSearch }: RowSearchProps) {
  const t = useWords();
  const name = useRowName();
  const [first] = items;
  const { principal, container } = searched;
  const who = principal && (first ? name(first) : principal);
  const where =
    container && (first ? first.container.title ?? container : container);
  return (
    <span className={styles.chosen}>
      <span className={theme.cut} dir="auto">
        {t('reviews.search.only', {
          what: [who, where].filter(Boolean).join(', '),
        })}
      </span>
      <Button
        variant="tertiary"
        size="small"
        iconStart={<RiCloseLine />}
        onPress={() => onSearch({})}
      >
        {t('common.clearFilters')}
      </Button>
    </span>
  );
}
