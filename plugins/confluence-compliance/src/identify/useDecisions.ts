// SPDX-License-Identifier: Apache-2.0
import {
  type AccountClassInput,
  MAX_ACCOUNT_DECISIONS,
  type PersonRecord,
  type UnidentifiedAccount,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { errorMessage } from '../components/errors';
import {
  useClassifyAccount,
  useClassifyAccounts,
  useLinkAccount,
  useLinkAccounts,
} from '../queries';
import { useWords } from '../translation/useWords';
import { noted, type Outcome, type Said } from './outcomes';

/** An account, and the person it belongs to. */
export interface Match {
  account: UnidentifiedAccount;
  person: PersonRecord;
}

/** What went wrong. */
export interface Failure {
  message: string;
  /** Ids of the accounts it is about, as far as that is known. */
  accounts: ReadonlySet<string>;
}

/**
 * What is decided here, and what went wrong with it. No account may be given twice; one alone is saved
 * by itself, several together, and what answers are those that were saved.
 */
export interface Decisions {
  /** By account id: what is said holds in every site. */
  outcomes: ReadonlyMap<string, Outcome>;
  /** How many the last decision was about; 0 without one. */
  last: number;
  /** What is being saved. */
  isPending: boolean;
  failed?: Failure;
  link(matches: Match[]): Promise<UnidentifiedAccount[]>;
  nobody(accounts: UnidentifiedAccount[]): Promise<UnidentifiedAccount[]>;
  classify(
    accounts: UnidentifiedAccount[],
    body: AccountClassInput,
  ): Promise<UnidentifiedAccount[]>;
  skip(account: UnidentifiedAccount): void;
  showSkipped(): void;
  /** Takes back what was said of an account, or all of the last decision. */
  undo(accountId?: string): Promise<UnidentifiedAccount[]>;
}

type LinkTo =
  | { to: 'person'; source: string; person: string }
  | { to: 'nobody' }
  | { to: 'undo' };

const siteOf = ({ connection, accountId }: UnidentifiedAccount) => ({
  connection,
  accountId,
});

const isSameName = ({ account, person }: Match) =>
  account.suggestions.some(
    ({ why, ref }) => why === 'name' && ref === person.ref,
  );

/** Says what accounts are, and takes it back; without a reason it is kept how that was decided. */
export function useDecisions(reason: string): Decisions {
  const t = useWords();
  const [said, setSaid] = useState<Said>({ outcomes: new Map(), groups: [] });
  const [failed, setFailed] = useState<Failure>();
  const [pending, setPending] = useState(0);
  const { mutateAsync: sendLink } = useLinkAccount();
  const { mutateAsync: sendLinks } = useLinkAccounts();
  const { mutateAsync: sendClass } = useClassifyAccount();
  const { mutateAsync: sendClasses } = useClassifyAccounts();

  const note = (
    accounts: UnidentifiedAccount[],
    outcomeOf?: (account: UnidentifiedAccount) => Outcome,
  ) => setSaid(before => noted(before, accounts, outcomeOf));

  /** In as many requests as it takes, up to the first that fails. */
  const save = async (
    accounts: UnidentifiedAccount[],
    send: (part: UnidentifiedAccount[]) => Promise<unknown>,
    outcomeOf?: (account: UnidentifiedAccount) => Outcome,
  ) => {
    setFailed(undefined);
    setPending(count => count + 1);
    let done = 0;
    try {
      while (done < accounts.length) {
        const part = accounts.slice(done, done + MAX_ACCOUNT_DECISIONS);
        await send(part);
        done += part.length;
      }
    } catch (error) {
      const message = errorMessage(error as Error);
      const part = accounts.slice(done, done + MAX_ACCOUNT_DECISIONS);
      setFailed({ message, accounts: namedIn(message, part) });
    } finally {
      setPending(count => count - 1);
    }
    const saved = accounts.slice(0, done);
    note(saved, outcomeOf);
    return saved;
  };
  const linkAll = (
    accounts: UnidentifiedAccount[],
    toOf: (account: UnidentifiedAccount) => LinkTo,
    because: string,
    outcomeOf?: (account: UnidentifiedAccount) => Outcome,
  ) =>
    save(
      accounts,
      part =>
        part.length === 1
          ? sendLink({
              of: part[0],
              body: { ...toOf(part[0]), reason: because },
            })
          : sendLinks({
              links: part.map(account => ({
                ...siteOf(account),
                ...toOf(account),
              })),
              reason: because,
            }),
      outcomeOf,
    );
  const classifyAll = (
    accounts: UnidentifiedAccount[],
    body: AccountClassInput,
    outcomeOf?: (account: UnidentifiedAccount) => Outcome,
  ) =>
    save(
      accounts,
      part =>
        part.length === 1
          ? sendClass({ of: part[0], body })
          : sendClasses({ ...body, accounts: part.map(siteOf) }),
      outcomeOf,
    );

  const { outcomes, groups } = said;
  const because = (how: string) => reason.trim() || how;
  return {
    outcomes,
    last: groups[groups.length - 1]?.length ?? 0,
    isPending: pending > 0,
    failed,
    link: matches => {
      const people = new Map(
        matches.map(({ account, person }) => [account, person]),
      );
      const personOf = (account: UnidentifiedAccount) =>
        people.get(account) as PersonRecord;
      return linkAll(
        matches.map(({ account }) => account),
        account => {
          const { source, ref } = personOf(account);
          return { to: 'person', source, person: ref };
        },
        because(
          t(
            matches.every(isSameName)
              ? 'identify.reasonSameName'
              : 'identify.reasonChosen',
          ),
        ),
        account => {
          const { name, ref } = personOf(account);
          return { kind: 'linked', name: name ?? ref };
        },
      );
    },
    nobody: accounts =>
      linkAll(
        accounts,
        () => ({ to: 'nobody' }),
        because(t('identify.reasonNobody')),
        () => ({
          kind: 'nobody',
        }),
      ),
    classify: (accounts, body) =>
      classifyAll(accounts, body, () => ({
        kind: 'classed',
        class: body.class ?? 'person',
      })),
    skip: account => note([account], () => ({ kind: 'skipped' })),
    showSkipped: () =>
      note(
        groups
          .flat()
          .filter(one => outcomes.get(one.accountId)?.kind === 'skipped'),
      ),
    undo: async accountId => {
      const accounts = accountId
        ? groups.flat().filter(one => one.accountId === accountId)
        : groups[groups.length - 1] ?? [];
      switch (accounts[0] && outcomes.get(accounts[0].accountId)?.kind) {
        case undefined:
          return [];
        case 'skipped':
          note(accounts);
          return accounts;
        case 'classed':
          return classifyAll(accounts, {});
        default:
          return linkAll(
            accounts,
            () => ({ to: 'undo' }),
            t('identify.undoReason'),
          );
      }
    },
  };
}

/** The one that was sent alone, or those whose ids the answer names. */
function namedIn(
  message: string,
  accounts: UnidentifiedAccount[],
): ReadonlySet<string> {
  const ids = accounts.map(({ accountId }) => accountId);
  return new Set(
    ids.length === 1 ? ids : ids.filter(id => message.includes(`'${id}'`)),
  );
}
