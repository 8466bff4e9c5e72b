// SPDX-License-Identifier: Apache-2.0
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type {
  AccountClassInput,
  AccountLinkInput,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Knex } from 'knex';
import type { AccountPayload, History, LedgerEntry } from '../history';
import { type Change, databaseTime } from '../history';
import { newSalt, saltedHash } from '../ledger';
import { LINKS } from './Linker';

/** Where accounts stand in the history, whatever their connection. */
const ACCOUNTS = { dataset: 'accounts', key: 'site' } as const;

interface OfAccount {
  connection: string;
  accountId: string;
  /** A user or service ref. */
  actor: string;
}

/** Somebody's word on whom an account belongs to. */
export type LinkDecision = OfAccount & AccountLinkInput;

/** Somebody's word on what an account is. */
export type ClassDecision = OfAccount & AccountClassInput;

/** A word that was found to be in order, and how it is written down. */
interface Word {
  record(tx: Knex.Transaction): Promise<void>;
  write(change: Change): Promise<void>;
}

/**
 * What people say of accounts. It holds for the account in every site, goes before anything that is
 * found out, and stands until somebody takes it back. The ledger has it with ids only.
 */
export class Identities {
  readonly #history: History;

  constructor(history: History) {
    this.#history = history;
  }

  /**
   * Links accounts to a person each, or to nobody, or takes such words back: all of them, or none.
   * Throws a NotFoundError for an account that does not stand, an InputError for a person whom no
   * source has, a ConflictError for an account that was erased, a NotAllowedError for one of who says
   * so; each names the account. No account may be there twice.
   */
  async link(decisions: LinkDecision[]): Promise<void> {
    await this.#keep(decisions, decision => this.#linkOf(decision));
  }

  /**
   * Says what accounts are, who answers for them and what they are for, or takes that back. The same
   * errors as for links.
   */
  async classify(decisions: ClassDecision[]): Promise<void> {
    await this.#keep(decisions, decision => this.#classOf(decision));
  }

  /** In one revision, with an entry in the ledger for each. */
  async #keep<D>(
    decisions: D[],
    wordOf: (decision: D) => Promise<Word>,
  ): Promise<void> {
    const words: Word[] = [];
    for (const decision of decisions) {
      words.push(await wordOf(decision));
    }
    await this.#history.change(
      {
        record: async tx => {
          for (const word of words) {
            await word.record(tx);
          }
        },
      },
      async change => {
        for (const word of words) {
          await word.write(change);
        }
      },
    );
  }

  async #linkOf(decision: LinkDecision): Promise<Word> {
    const { accountId, actor, reason } = decision;
    await this.#assertAccount(decision);
    const person = await this.#personOf(decision);
    await this.#assertOther(decision, person?.person);
    const history = this.#history;
    const before = await history.row(
      'identity_links',
      LINKS.source,
      accountId,
      await history.head(),
    );
    const { how, ...id } = before?.payload ?? {};
    const reasonSalt = newSalt();
    const entry = entryOf(decision, 'account.linked', {
      to: decision.to,
      ...person,
      ...(how && { before: { ...id, how } }),
      reason: saltedHash(reasonSalt, reason),
    });
    return {
      record: async tx => {
        await history.decisions.writeLink(
          tx,
          accountId,
          decision.to === 'undo'
            ? undefined
            : {
                person,
                reason,
                reasonSalt,
                by: actor,
                at: await databaseTime(tx),
              },
        );
        await history.ledger.append(tx, entry);
      },
      write: async change => {
        if (person) {
          await change.put(LINKS, {
            key: accountId,
            payload: { ...person, how: 'manual' },
          });
        } else if (decision.to === 'nobody' || how === 'manual') {
          await change.remove(LINKS, accountId);
        }
      },
    };
  }

  async #classOf(decision: ClassDecision): Promise<Word> {
    const { accountId, actor } = decision;
    await this.#assertAccount(decision);
    await this.#assertOther(decision);
    const history = this.#history;
    const known = (await history.decisions.classes([accountId])).get(accountId);
    const rows = await this.#rowsOf(accountId);
    const own = rows.find(({ source }) => source === decision.connection);
    const before = known?.before ?? (own as AccountRow).payload.class;
    const chosen = decision.class;
    const purposeSalt = newSalt();
    const entry = entryOf(decision, 'account.classed', {
      class: chosen ?? 'undo',
      before: (own as AccountRow).payload.class,
      ...(decision.owner && { owner: decision.owner }),
      ...(decision.purpose && {
        purpose: saltedHash(purposeSalt, decision.purpose),
      }),
    });
    return {
      record: async tx => {
        await history.decisions.writeClass(
          tx,
          accountId,
          chosen && {
            class: chosen,
            before,
            owner: decision.owner,
            purpose: decision.purpose,
            purposeSalt,
            by: actor,
            at: await databaseTime(tx),
          },
        );
        await history.ledger.append(tx, entry);
      },
      write: async change => {
        for (const { source, payload } of rows) {
          await change.put(
            { ...ACCOUNTS, source },
            {
              key: accountId,
              payload: { ...payload, class: chosen ?? before },
            },
          );
        }
      },
    };
  }

  async #assertAccount({ connection, accountId }: OfAccount): Promise<void> {
    const history = this.#history;
    const asOf = await history.head();
    if (!(await history.row('accounts', connection, accountId, asOf))) {
      throw new NotFoundError(
        `There is no account '${accountId}' in the connection '${connection}'`,
      );
    }
    const profile = (await history.profiles('account', [accountId])).get(
      accountId,
    );
    if (profile?.erasedAt) {
      throw new ConflictError(
        `What named the account '${accountId}' was erased: nothing can be said of whose it is any more`,
      );
    }
  }

  /** What findings say of an account hangs on whose it is and what it is: nobody says that of their own. */
  async #assertOther(
    { accountId, actor }: OfAccount,
    person?: string,
  ): Promise<void> {
    const ever = await this.#history.exceptions.peopleEver([accountId]);
    const people = [
      ...(ever.get(accountId) ?? []),
      ...(person ? [person] : []),
    ];
    if (people.some(ref => ref.toLowerCase() === actor.toLowerCase())) {
      throw new NotAllowedError(
        `The account '${accountId}' is yours, or would be: somebody else has to say whose it is and what it is`,
      );
    }
  }

  async #personOf(decision: LinkDecision) {
    if (decision.to !== 'person') {
      return undefined;
    }
    const { accountId, source, person } = decision;
    const asOf = await this.#history.head();
    const row = await this.#history.row('people', source, person, asOf);
    if (!row || row.outOfScopeSince) {
      throw new InputError(
        `person: the source '${source}' has nobody with the key '${person}', whom the account '${accountId}' should belong to: take one of GET /people`,
      );
    }
    return { source, person };
  }

  /** The account in each site that has it. */
  async #rowsOf(accountId: string): Promise<AccountRow[]> {
    const rows: AccountRow[] = [];
    const pages = this.#history.rows('accounts', {
      keys: [accountId],
      asOf: await this.#history.head(),
    });
    for await (const page of pages) {
      rows.push(...page);
    }
    return rows;
  }
}

interface AccountRow {
  source: string;
  payload: AccountPayload;
}

function entryOf(
  { connection, accountId, actor }: OfAccount,
  kind: string,
  payload: object,
): LedgerEntry {
  return { kind, actor, subject: `${connection}/${accountId}`, payload };
}
