// SPDX-License-Identifier: Apache-2.0
import type {
  AccountClassInput,
  PersonRecord,
  UnidentifiedAccount,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useCallback, useRef, useState } from 'react';
import { errorMessage } from '../components/errors';
import { useClassifyAccount, useLinkAccount } from '../queries';
import { useWords } from '../translation/useWords';

/** What was said of an account since the queue was loaded. */
export type Outcome =
  | { kind: 'linked'; name: string }
  | { kind: 'nobody' }
  | { kind: 'skipped' }
  | { kind: 'classed'; class: NonNullable<AccountClassInput['class']> };

/** What is decided here, and what went wrong with it. */
export interface Decisions {
  /** By account id: what is said holds in every site. */
  outcomes: ReadonlyMap<string, Outcome>;
  /** What is being saved. */
  isPending: boolean;
  failed?: string;
  link(account: UnidentifiedAccount, person: PersonRecord): Promise<boolean>;
  nobody(account: UnidentifiedAccount): Promise<boolean>;
  classify(
    account: UnidentifiedAccount,
    body: AccountClassInput,
  ): Promise<boolean>;
  skip(account: UnidentifiedAccount): void;
  showSkipped(): void;
  /** Takes back what was said of an account, or of the last one. */
  undo(accountId?: string): Promise<UnidentifiedAccount | undefined>;
}

/** Says what accounts are, one after the other, and takes it back. */
export function useDecisions(reason: string): Decisions {
  const t = useWords();
  const [outcomes, setOutcomes] = useState(new Map<string, Outcome>());
  const [failed, setFailed] = useState<string>();
  const [pending, setPending] = useState(0);
  const order = useRef<UnidentifiedAccount[]>([]);
  const { mutateAsync: sendLink } = useLinkAccount();
  const { mutateAsync: sendClass } = useClassifyAccount();

  const note = useCallback(
    (account: UnidentifiedAccount, outcome?: Outcome) => {
      const { accountId } = account;
      order.current = order.current.filter(one => one.accountId !== accountId);
      if (outcome) {
        order.current.push(account);
      }
      setOutcomes(before => {
        const after = new Map(before);
        if (outcome) {
          after.set(accountId, outcome);
        } else {
          after.delete(accountId);
        }
        return after;
      });
    },
    [],
  );
  const save = async (
    account: UnidentifiedAccount,
    send: () => Promise<unknown>,
    outcome?: Outcome,
  ) => {
    setFailed(undefined);
    setPending(count => count + 1);
    try {
      await send();
      note(account, outcome);
      return true;
    } catch (error) {
      setFailed(errorMessage(error as Error));
      return false;
    } finally {
      setPending(count => count - 1);
    }
  };
  const said = reason.trim() || t('identify.reasonDefault');
  return {
    outcomes,
    isPending: pending > 0,
    failed,
    link: (account, person) =>
      save(
        account,
        () =>
          sendLink({
            of: account,
            body: {
              to: 'person',
              source: person.source,
              person: person.ref,
              reason: said,
            },
          }),
        { kind: 'linked', name: person.name ?? person.ref },
      ),
    nobody: account =>
      save(
        account,
        () => sendLink({ of: account, body: { to: 'nobody', reason: said } }),
        { kind: 'nobody' },
      ),
    classify: (account, body) =>
      save(account, () => sendClass({ of: account, body }), {
        kind: 'classed',
        class: body.class ?? 'person',
      }),
    skip: account => note(account, { kind: 'skipped' }),
    showSkipped: () =>
      order.current
        .filter(({ accountId }) => outcomes.get(accountId)?.kind === 'skipped')
        .forEach(account => note(account)),
    undo: async accountId => {
      const account = accountId
        ? order.current.find(one => one.accountId === accountId)
        : order.current[order.current.length - 1];
      const outcome = account && outcomes.get(account.accountId);
      if (!account || !outcome) {
        return undefined;
      }
      if (outcome.kind === 'skipped') {
        note(account);
        return account;
      }
      const back = () =>
        outcome.kind === 'classed'
          ? sendClass({ of: account, body: {} })
          : sendLink({
              of: account,
              body: { to: 'undo', reason: t('identify.undoReason') },
            });
      return (await save(account, back)) ? account : undefined;
    },
  };
}
