// SPDX-License-Identifier: Apache-2.0
import type {
  Account,
  AccountFact,
  AccountGrant,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  useLevelWords,
  useLinkWords,
  useStatusWords,
} from '../components/words';
import { usePrincipalName } from '../components/GrantPath';
import { type CsvColumn, useCellWords } from '../csv/columns';
import { useGrantedColumns } from '../csv/granted';
import { useConnectionTitle } from '../lists/connections';
import { useWords } from '../translation/useWords';

/** Accounts in a file, with what the list shows of them. */
export function useAccountColumns(): CsvColumn<Account>[] {
  const t = useWords();
  const { unknown } = useCellWords();
  const status = useStatusWords();
  const linked = useLinkWords();
  const connectionTitle = useConnectionTitle();
  const fact = (
    { value, reason }: AccountFact,
    words = (known: string) => known,
  ) => (value === undefined ? unknown(reason?.text) : words(value));

  return [
    {
      name: t('accounts.column.account'),
      value: ({ name }) => name ?? unknown(t('csv.nameless')),
    },
    { name: t('csv.column.accountId'), value: account => account.accountId },
    {
      name: t('csv.column.email'),
      value: ({ email, emailReason }) => {
        if (email) {
          return email;
        }
        return emailReason ? unknown(emailReason.text) : t('accounts.noEmail');
      },
    },
    {
      name: t('accounts.column.class'),
      value: account => {
        const words = t(`accounts.class.${account.class}`);
        return account.outsideUserGroup
          ? `${words}, ${t('accounts.outside')}`
          : words;
      },
    },
    {
      name: t('csv.column.listed'),
      value: ({ listed }) =>
        listed
          ? t('accounts.page.identity.listedYes')
          : t('accounts.notListed'),
    },
    {
      name: t('accounts.column.status'),
      value: ({ facts: { status: state } }) =>
        state.value === 'unknown' || !state.value
          ? unknown(state.reason?.text ?? t('accounts.statusUnknown'))
          : status(state.value),
    },
    {
      name: t('accounts.column.mfa'),
      value: ({ facts }) =>
        fact(facts.mfa, value =>
          value === 'enabled' || value === 'disabled'
            ? t(`accounts.mfa.${value}`)
            : value,
        ),
    },
    {
      name: t('accounts.column.lastActive'),
      value: ({ facts }) => fact(facts.lastActive),
    },
    {
      name: t('accounts.column.person'),
      value: ({ person }) => person?.ref ?? t('accounts.nobody'),
    },
    {
      name: t('csv.column.linked'),
      value: ({ person }) =>
        person ? linked(person.how) : t('accounts.nobody'),
    },
    {
      name: t('directory.column.connection'),
      value: ({ connection }) => connectionTitle(connection),
    },
    { name: t('accounts.column.groups'), value: account => account.groups },
    {
      name: t('accounts.column.findings'),
      value: account => account.findings,
    },
  ];
}

/** What an account can do, in a file. */
export function useAccountGrantColumns(): CsvColumn<AccountGrant>[] {
  const t = useWords();
  const principalName = usePrincipalName();
  return [
    ...useResourceGrantColumns(),
    {
      name: t('accounts.page.access.path'),
      value: ({ path }) =>
        path.map(principalName).join(' > ') || t('cards.direct'),
    },
  ];
}

/** What somebody can do on which resource, in a file. */
export function useResourceGrantColumns(): CsvColumn<
  Omit<AccountGrant, 'path'>
>[] {
  const t = useWords();
  const { orNone } = useCellWords();
  const levelWords = useLevelWords();
  const granted = useGrantedColumns();
  return [
    {
      name: t('accounts.page.access.can'),
      value: ({ level, resource }) => levelWords(level, resource.kind),
    },
    ...granted,
    {
      name: t('accounts.page.access.on'),
      value: ({ resource }) => resource.title,
    },
    {
      name: t('csv.column.key'),
      value: ({ resource }) => orNone(resource.key),
    },
    { name: t('accounts.page.access.since'), value: grant => grant.since },
    {
      name: t('csv.column.operations'),
      value: ({ operations }) => orNone(operations.join(' ')),
    },
  ];
}
