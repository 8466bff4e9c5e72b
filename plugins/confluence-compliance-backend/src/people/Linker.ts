// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { isEqual } from 'lodash';
import {
  foldEmail,
  History,
  HistoryRow,
  IdentityLinkPayload,
  isPersonal,
  LedgerEntry,
  ObservedRow,
  Revision,
} from '../history';
import { decideLink, PersonId } from './decideLink';
import { PEOPLE } from './lane';

/** Where identity links stand in the history. */
export const LINKS = {
  source: 'identity',
  dataset: 'identity_links',
  key: 'links',
} as const;

const BATCH = 500;

/** More links than this are staged instead of being written one by one. */
const MANY = 200;

/** What one pass over all accounts did. */
export interface LinkOutcome {
  /** Undefined when nothing changed. */
  revision?: Revision;
  linked: number;
  changed: number;
  removed: number;
  /** Account ids that several people claim, sorted. */
  ambiguous: string[];
}

interface Claims {
  byAccountId: Map<string, PersonId[]>;
  byEmail: Map<string, PersonId[]>;
}

/** Finds out which account belongs to which person. */
export class Linker {
  readonly #history: History;
  readonly #logger: LoggerService;
  #reported = '';

  constructor(options: { history: History; logger: LoggerService }) {
    this.#history = options.history;
    this.#logger = options.logger;
  }

  /** Brings all links up to date in one commit; writes nothing when nothing changed. */
  async link(signal: AbortSignal): Promise<LinkOutcome> {
    const asOf = await this.#history.head();
    const claims = await this.#claims(asOf, signal);
    const put = new Map<string, IdentityLinkPayload>();
    const remove = new Set<string>();
    const ambiguous = new Set<string>();
    const outcome: LinkOutcome = {
      linked: 0,
      changed: 0,
      removed: 0,
      ambiguous: [],
    };
    const decided = new Set<string>();
    for await (const accounts of this.#history.rows('accounts', { asOf })) {
      signal.throwIfAborted();
      const fresh = accounts.filter(row => !decided.has(row.key));
      const existing = await this.#existing(fresh, asOf);
      const profiles = await this.#history.profiles(
        'account',
        fresh.map(row => row.key),
      );
      const words = await this.#history.decisions.links(
        fresh.map(row => row.key),
      );
      for (const { key, payload } of fresh) {
        const profile = profiles.get(key);
        const before = existing.get(key);
        if (profile?.erasedAt) {
          // Whom it belonged to was erased with the name, and is not found out again. A pass that had
          // begun before may have written it after.
          if (before) {
            remove.add(key);
          }
          continue;
        }
        const mayMatchByEmail = isPersonal(payload.class);
        const email = mayMatchByEmail ? profile?.email : undefined;
        if (mayMatchByEmail) {
          // The same account may be a person in one site and less in another.
          decided.add(key);
        }
        const word = words.get(key);
        const { link, ambiguous: several } = decideLink({
          word: word && (word.person ?? 'nobody'),
          existing: before,
          named: claims.byAccountId.get(key) ?? [],
          sameEmail: email ? claims.byEmail.get(foldEmail(email)) : undefined,
        });
        if (several) {
          ambiguous.add(key);
        }
        if (link && !isEqual(link, before)) {
          outcome[before ? 'changed' : 'linked'] += put.has(key) ? 0 : 1;
          put.set(key, link);
        } else if (!link && before) {
          remove.add(key);
        }
      }
    }
    outcome.ambiguous = [...ambiguous].sort();
    this.#report(outcome.ambiguous);
    outcome.removed = remove.size;
    if (put.size + remove.size > 0) {
      outcome.revision = await this.#write(put, remove, outcome);
    }
    return outcome;
  }

  async #write(
    put: Map<string, IdentityLinkPayload>,
    remove: Set<string>,
    { linked, changed, removed, ambiguous }: LinkOutcome,
  ): Promise<Revision | undefined> {
    const entry = {
      kind: 'identity.linked',
      actor: 'system',
      subject: LINKS.source,
      payload: { linked, changed, removed, ambiguous: ambiguous.length },
    };
    const rows = [...put].map(([key, payload]) => ({ key, payload }));
    const staged =
      rows.length > MANY ? await this.#publish(rows, entry) : undefined;
    const { revision } = await this.#history.change(
      { entry: staged ? undefined : entry },
      async change => {
        for (const row of staged ? [] : rows) {
          await change.put(LINKS, row);
        }
        for (const key of remove) {
          await change.remove(LINKS, key);
        }
      },
    );
    return revision ?? staged;
  }

  /** Many links at once, such as the first ones, are staged like any read: a change is for a few. */
  async #publish(
    rows: ObservedRow<IdentityLinkPayload>[],
    entry: LedgerEntry,
  ): Promise<Revision | undefined> {
    const runId = randomUUID();
    const mode = 'incremental';
    const { id } = await this.#history.beginRead({
      ...LINKS,
      runId,
      mode,
      scope: 'derived',
    });
    for (let at = 0; at < rows.length; at += BATCH) {
      await this.#history.stage(id, rows.slice(at, at + BATCH));
    }
    await this.#history.finishRead(id, { outcome: 'complete' });
    const { revision } = await this.#history.publish({
      runId,
      entry: () => entry,
    });
    return revision;
  }

  async #claims(asOf: Revision, signal: AbortSignal): Promise<Claims> {
    const byAccountId = new Map<string, PersonId[]>();
    const byEmail = new Map<string, PersonId[]>();
    const { source: from } = PEOPLE;
    const pages = this.#history.rows('people', { source: from, asOf });
    for await (const people of pages) {
      signal.throwIfAborted();
      const profiles = await this.#history.profiles(
        'person',
        people.map(row => row.key),
      );
      for (const { source, key, payload } of people) {
        const id = { source, person: key };
        for (const accountId of payload.accountIds) {
          add(byAccountId, accountId, id);
        }
        const email = profiles.get(key)?.email;
        if (email) {
          add(byEmail, foldEmail(email), id);
        }
      }
    }
    return { byAccountId, byEmail };
  }

  async #existing(accounts: HistoryRow[], asOf: Revision) {
    const links = new Map<string, IdentityLinkPayload>();
    const keys = accounts.map(row => row.key);
    if (keys.length > 0) {
      const pages = this.#history.rows('identity_links', {
        source: LINKS.source,
        keys,
        asOf,
      });
      for await (const rows of pages) {
        rows.forEach(row => links.set(row.key, row.payload));
      }
    }
    return links;
  }

  /** Says once which accounts several people claim. */
  #report(ambiguous: string[]) {
    const text = ambiguous.slice(0, 20).join(', ');
    if (text && text !== this.#reported) {
      this.#logger.warn(
        `${ambiguous.length} accounts are claimed by several people by account id or email, so that nothing is linked anew: ${text}`,
      );
    }
    this.#reported = text;
  }
}

function add(map: Map<string, PersonId[]>, key: string, id: PersonId) {
  const known = map.get(key);
  if (known) {
    known.push(id);
  } else {
    map.set(key, [id]);
  }
}
