// SPDX-License-Identifier: Apache-2.0
import { createHash, randomUUID } from 'node:crypto';
import { InputError, NotFoundError } from '@backstage/errors';
import type {
  FindingComment,
  Page,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { History, Lists, NamedFinding, ResultRef } from '../history';

const OWNERS = 'finding_owners';
const COMMENTS = 'finding_comments';
/** Keys per statement, small enough for the limits of SQLite. */
const BATCH = 400;

interface OwnerRow {
  source: string;
  key: string;
  check_id: string;
  owner: string;
  assigned_by: string;
  assigned_at: string;
}

interface CommentRow {
  ordinal: number | string;
  id: string;
  source: string;
  key: string;
  text: string;
  author: string;
  at: string;
}

/** What people know of a finding. */
export interface FindingNote {
  owner?: string;
  comments: number;
}

/** A finding and who looks after it. */
export interface OwnedFinding extends ResultRef {
  owner: string;
}

/** Who looks after findings, and what people wrote about them. */
export class FindingNotes {
  readonly #knex: Knex;
  readonly #history: Pick<History, 'ledger' | 'head'>;
  readonly #lists: Pick<Lists, 'findings'>;
  readonly #now: () => Date;

  constructor(
    knex: Knex,
    rooms: {
      history: Pick<History, 'ledger' | 'head'>;
      lists: Pick<Lists, 'findings'>;
      now: () => Date;
    },
  ) {
    this.#knex = knex;
    this.#history = rooms.history;
    this.#lists = rooms.lists;
    this.#now = rooms.now;
  }

  /** The finding of an id; NotFoundError when there never was one. */
  async find(id: string): Promise<NamedFinding> {
    const [finding] = await this.#lists.findings.namedFindings([refOf(id)]);
    if (!finding) {
      throw new NotFoundError(`There is no finding '${id}'`);
    }
    return finding;
  }

  /** The findings that a field of a request names; an InputError names the first that never was one. */
  async named(field: string, ids: string[]): Promise<NamedFinding[]> {
    const distinct = [...new Set(ids)];
    const found = await this.#lists.findings.namedFindings(distinct.map(refOf));
    const known = new Map(found.map(finding => [idOf(finding), finding]));
    return distinct.map(id => {
      const finding = known.get(id);
      if (!finding) {
        throw new InputError(
          `${field} names no finding '${id}': use ids from the list of findings`,
        );
      }
      return finding;
    });
  }

  /**
   * Gives findings to an owner, or to nobody; returns those whose owner is another one now.
   * An InputError names the first id that is no finding; then nothing is given.
   */
  async assign(
    ids: string[],
    owner: string | undefined,
    actor: string,
  ): Promise<NamedFinding[]> {
    const findings = await this.named('findings', ids);
    return this.#knex.transaction(async tx => {
      const before = await this.#ownersOf(tx, findings);
      const changed = findings.filter(
        finding => before.get(idOf(finding)) !== owner,
      );
      for (const { connection, key, checkId } of changed) {
        const of = { source: connection, key };
        await (owner === undefined
          ? tx<OwnerRow>(OWNERS).where(of).delete()
          : tx<OwnerRow>(OWNERS)
              .insert({
                ...of,
                check_id: checkId,
                owner,
                assigned_by: actor,
                assigned_at: this.#now().toISOString(),
              })
              .onConflict(['source', 'key'])
              .merge());
      }
      if (changed.length > 0) {
        await this.#history.ledger.append(tx, {
          kind: 'finding.assigned',
          actor,
          subject: changed.length === 1 ? idOf(changed[0]) : 'findings',
          payload: { owner: owner ?? null, findings: changed.map(idOf) },
        });
      }
      return changed;
    });
  }

  /** Adds a comment; the ledger holds its hash only. */
  async comment(
    id: string,
    text: string,
    author: string,
  ): Promise<FindingComment> {
    const { connection, key } = await this.find(id);
    const comment = {
      id: randomUUID(),
      text,
      author,
      at: this.#now().toISOString(),
    };
    await this.#knex.transaction(async tx => {
      await tx(COMMENTS).insert({ source: connection, key, ...comment });
      await this.#history.ledger.append(tx, {
        kind: 'finding.commented',
        actor: author,
        subject: id,
        payload: {
          comment: comment.id,
          hash: createHash('sha256')
            .update(`${comment.id}\n${text}`)
            .digest('hex'),
        },
      });
    });
    return comment;
  }

  /** Comments on a finding, oldest first. */
  async comments(
    id: string,
    { cursor, limit }: { cursor?: string; limit: number },
  ): Promise<Page<FindingComment>> {
    const { connection, key } = await this.find(id);
    const of = { source: connection, key };
    const after = cursor === undefined ? 0 : Number(cursor);
    if (!/^\d*$/.test(cursor ?? '') || !Number.isSafeInteger(after)) {
      throw new InputError(
        'cursor does not fit this list: start again without it',
      );
    }
    const rows = await this.#knex<CommentRow>(COMMENTS)
      .where(of)
      .where('ordinal', '>', after)
      .orderBy('ordinal')
      .limit(limit + 1);
    const shown = rows.slice(0, limit);
    const total = await this.#knex(COMMENTS)
      .where(of)
      .count({ count: '*' })
      .first();
    return {
      items: shown.map(({ id: comment, text, author, at }) => ({
        id: comment,
        text,
        author,
        at,
      })),
      pageInfo:
        rows.length > limit
          ? { nextCursor: String(shown[shown.length - 1].ordinal) }
          : {},
      totalItems: Number(total?.count ?? 0),
      revision: await this.#history.head(),
    };
  }

  /** What is noted of findings now, by id. */
  async of(findings: ResultRef[]): Promise<Map<string, FindingNote>> {
    const owners = await this.#ownersOf(this.#knex, findings);
    const counts = new Map<string, number>();
    for (const [source, keys] of parts(findings)) {
      const rows: Array<{ key: string; total: number | string }> =
        await this.#knex(COMMENTS)
          .where({ source })
          .whereIn('key', keys)
          .groupBy('key')
          .select('key', this.#knex.raw('count(*) as total'));
      rows.forEach(({ key, total }) =>
        counts.set(idOf({ connection: source, key }), Number(total)),
      );
    }
    return new Map(
      findings.map(finding => {
        const id = idOf(finding);
        return [id, { owner: owners.get(id), comments: counts.get(id) ?? 0 }];
      }),
    );
  }

  /** Restricts results `r` to those of an owner, or of nobody. */
  ownedBy(owner: string | undefined): (rows: Knex.QueryBuilder) => void {
    const owned = () =>
      this.#knex(`${OWNERS} as w`)
        .select(this.#knex.raw('1'))
        .whereRaw('w.source = r.source and w.key = r.key');
    return rows => {
      if (owner === undefined) {
        rows.whereNotExists(owned());
      } else {
        rows.whereExists(owned().where('w.owner', owner));
      }
    };
  }

  /** The findings of a check that somebody looks after, in batches. */
  async *owned(checkId: string): AsyncGenerator<OwnedFinding[]> {
    let last = ['', ''];
    for (;;) {
      const rows = await this.#knex<OwnerRow>(OWNERS)
        .where({ check_id: checkId })
        .whereRaw('(source, key) > (?, ?)', last)
        .orderBy(['source', 'key'])
        .limit(BATCH)
        .select('source', 'key', 'owner');
      if (rows.length > 0) {
        yield rows.map(({ source, key, owner }) => ({
          connection: source,
          key,
          owner,
        }));
      }
      if (rows.length < BATCH) {
        return;
      }
      const { source, key } = rows[rows.length - 1];
      last = [source, key];
    }
  }

  /** Deletes what is noted of the findings of a connection; safe to call again. */
  async forget(connection: string): Promise<void> {
    for (const table of [OWNERS, COMMENTS]) {
      await this.#knex(table).where({ source: connection }).delete();
    }
  }

  async #ownersOf(
    knex: Knex,
    findings: ResultRef[],
  ): Promise<Map<string, string>> {
    const owners = new Map<string, string>();
    for (const [source, keys] of parts(findings)) {
      const rows = await knex<OwnerRow>(OWNERS)
        .where({ source })
        .whereIn('key', keys)
        .select('key', 'owner');
      rows.forEach(({ key, owner }) =>
        owners.set(idOf({ connection: source, key }), owner),
      );
    }
    return owners;
  }
}

/** The id of a finding in the contract. */
export function idOf({ connection, key }: ResultRef): string {
  return `${connection}|${key}`;
}

function refOf(id: string): ResultRef {
  const bar = id.indexOf('|');
  return { connection: id.slice(0, bar), key: id.slice(bar + 1) };
}

/** Keys by connection, at most as many as a statement takes. */
function* parts(findings: ResultRef[]): Generator<[string, string[]]> {
  for (const source of new Set(findings.map(({ connection }) => connection))) {
    const keys = findings
      .filter(({ connection }) => connection === source)
      .map(({ key }) => key);
    for (let start = 0; start < keys.length; start += BATCH) {
      yield [source, keys.slice(start, start + BATCH)];
    }
  }
}
