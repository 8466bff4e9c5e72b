// SPDX-License-Identifier: Apache-2.0
import type {
  Account,
  AccountFact,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { roles } from '../accounts/useFactWords';
import { useLinkWords, useStatusWords } from '../components/words';
import { useConnectionTitle } from '../lists/connections';
import { useWords } from '../translation/useWords';
import { type CsvColumn, useCellWords } from './columns';

/** Values of facts in the words of the page; one that we do not know stands as it is. */
function useFactText() {
  const t = useWords();
  const license = (value: string) =>
    value === 'licensed' || value === 'guest' || value === 'none'
      ? t(`accounts.license.${value}`)
      : value;
  const role = (value: string) => {
    const known = roles.find(candidate => candidate === value);
    return known ? t(`accounts.role.${known}`) : value;
  };
  const managed = (value: string) =>
    value === 'managed' || value === 'unmanaged'
      ? t(`accounts.managed.${value}`)
      : value;
  return { license, role, managed };
}

/** Accounts in a file, with what the list shows of them. */
export function useAccountColumns(): CsvColumn<Account>[] {
  const t = useWords();
  const { because, unknown } = useCellWords();
  const status = useStatusWords();
  const linked = useLinkWords();
  const factText = useFactText();
  const connectionTitle = useConnectionTitle();
  const fact = (
    { value, reason, stale }: AccountFact,
    words = (known: string) => known,
  ) => {
    if (value === undefined) {
      return unknown(reason?.text);
    }
    if (!stale) {
      return words(value);
    }
    const said = { value: words(value), reason: stale.reason.text };
    return stale.readAt
      ? t('accounts.stale.file', { ...said, time: stale.readAt })
      : t('accounts.stale.fileNever', said);
  };

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
        listed ? t('csv.yes') : because(t('csv.no'), t('accounts.notListed')),
    },
    {
      name: t('accounts.column.status'),
      value: ({ facts: { status: state } }) =>
        state.value === 'unknown' || !state.value
          ? unknown(state.reason?.text ?? t('accounts.statusUnknown'))
          : fact(state, status),
    },
    ...(['license', 'role', 'managed'] as const).map(name => ({
      name: t(`accounts.page.identity.${name}`),
      value: ({ facts }: Account) => fact(facts[name], factText[name]),
    })),
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
      name: t('csv.column.personName'),
      value: ({ person, facts: { firstName, lastName } }) => {
        if (!person) {
          return t('accounts.nobody');
        }
        const known = [firstName.value, lastName.value].filter(Boolean);
        return known.join(' ') || unknown(firstName.reason?.text);
      },
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
      name: t('csv.column.excepted'),
      value: account => account.excepted ?? 0,
    },
    {
      name: t('csv.column.unknownVerdicts'),
      value: account => account.unknownVerdicts,
    },
  ];
}
