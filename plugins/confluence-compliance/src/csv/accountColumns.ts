// SPDX-License-Identifier: Apache-2.0
import type {
  Account,
  AccountFact,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useLinkWords, useStatusWords } from '../components/words';
import { useConnectionTitle } from '../lists/connections';
import { useWords } from '../translation/useWords';
import { type CsvColumn, useCellWords } from './columns';

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
    {
      name: t('csv.column.unknownVerdicts'),
      value: account => account.unknownVerdicts,
    },
  ];
}
