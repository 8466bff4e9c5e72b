// SPDX-License-Identifier: Apache-2.0
import { useMemo, type ReactNode } from 'react';
import { TimeAgo } from '../components/TimeAgo';
import list from '../lists/list.module.css';
import { useWords } from '../translation/useWords';

const licenses = ['licensed', 'guest', 'none'] as const;
/** Roles that have words. */
export const roles = [
  'org-admin',
  'admin',
  'user-access-admin',
  'user',
  'guest',
  'none',
] as const;

/** How the values of facts are shown; a value that we do not know stands as it is. */
export function useFactWords() {
  const t = useWords();
  return useMemo(
    () => ({
      license: (value: string): ReactNode => {
        const known = licenses.find(candidate => candidate === value);
        return known ? t(`accounts.license.${known}`) : <bdi>{value}</bdi>;
      },
      role: (value: string): ReactNode => {
        const known = roles.find(candidate => candidate === value);
        return known ? t(`accounts.role.${known}`) : <bdi>{value}</bdi>;
      },
      mfa: (value: string): ReactNode => {
        if (value === 'disabled') {
          return (
            <span className={list.chip}>{t('accounts.mfa.disabled')}</span>
          );
        }
        return value === 'enabled' ? (
          t('accounts.mfa.enabled')
        ) : (
          <bdi>{value}</bdi>
        );
      },
      managed: (value: string): ReactNode =>
        value === 'managed' || value === 'unmanaged' ? (
          t(`accounts.managed.${value}`)
        ) : (
          <bdi>{value}</bdi>
        ),
      lastActive: (value: string): ReactNode => <TimeAgo time={value} />,
    }),
    [t],
  );
}
