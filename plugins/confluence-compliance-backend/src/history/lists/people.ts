// SPDX-License-Identifier: Apache-2.0
import type {
  PersonRecord,
  Suggestion,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { PersonPayload } from '../datasets';
import { isAnyOf } from '../manyRows';
import { nameKey, nameWords } from '../nameKey';
import { foldEmail, readProfiles } from '../profiles';
import type { Revision } from '../words';
import { nameOf } from './fewAccounts';
import { containing, ListOptions, ListPlan, Part, standing } from './page';

/** Where people stand with what all sources say of them. */
const MERGED = 'people:catalog';

/** Suggestions for one account; more would not be looked at. */
const MOST = 5;

/** Names of more words are compared whole only. */
const MOST_WORDS = 4;

/** A name of one word, such as Admin, can be anybody's. */
const FEWEST_WORDS = 2;

/** The likeliest first. */
const ORDER: Suggestion['why'][] = ['name', 'email', 'part-of-name'];

/** Parameters of the list of people. */
export interface PeopleListOptions extends ListOptions {
  search?: string;
  status?: PersonRecord['status'];
}

/** A person as a list finds it. */
export interface PersonRow {
  source: string;
  id: string;
  payload: string;
}

const name = nameOf('p');

/** People of the personnel sources, by name; those without one come last. */
export function peopleList(knex: Knex, options: PeopleListOptions): ListPlan {
  const { search, status } = options;
  const rows = (revision: Revision, only?: 'named' | 'nameless') => {
    const query =
      only === 'named'
        ? // A cross join tells SQLite to begin with the profiles, along their names.
          knex
            .from('profiles as p')
            .crossJoin(knex.raw('history_people as h'))
            .where('p.kind', 'person')
            .whereRaw(`h.key = p.id and ${name} is not null`)
        : knex
            .from('history_people as h')
            .leftJoin('profiles as p', join =>
              join.on('p.id', 'h.key').andOnVal('p.kind', 'person'),
            )
            // No key is empty; without a condition no index would be read.
            .where('h.key', '>', '');
    if (only === 'nameless') {
      query.whereRaw(`${name} is null`);
    }
    query.where('h.source', MERGED).whereNull('h.out_of_scope_since');
    standing(query, 'h', revision);
    if (status) {
      query.where('h.status', status);
    }
    if (search) {
      const pattern = containing(search);
      query.whereRaw(
        `(${name} like ? escape '!' or p.email_folded like ? escape '!'
          or h.key like ? escape '!')`,
        [pattern, pattern, pattern],
      );
    }
    return query;
  };
  const select = (query: Knex.QueryBuilder) =>
    query.select({ source: 'h.source', id: 'h.key', payload: 'h.payload' });
  return {
    name: 'people',
    query: { search, status },
    sort: 'name',
    all: revision => rows(revision),
    parts: (revision): Part[] => {
      const nameless = ['h.key', 'h.source'];
      if (status) {
        // These are few, and found by their status.
        return [{ rows: () => select(rows(revision)), order: nameless }];
      }
      return [
        {
          rows: () => select(rows(revision, 'named')),
          order: [name, 'h.source', 'h.key'],
        },
        {
          rows: () => select(rows(revision, 'nameless')),
          order: nameless,
        },
      ];
    },
  };
}

/** Adds to people what they are called. */
export async function describePeople(
  knex: Knex,
  rows: PersonRow[],
): Promise<PersonRecord[]> {
  const profiles = await readProfiles(
    knex,
    'person',
    rows.map(({ id }) => id),
  );
  return rows.map(({ source, id, payload }) => {
    const { status, startDate, endDate, absentSince }: PersonPayload =
      JSON.parse(payload);
    const profile = profiles.get(id);
    return {
      source,
      ref: id,
      name: profile?.name,
      email: profile?.email,
      status,
      startDate: startDate ?? undefined,
      endDate: endDate ?? undefined,
      absentSince: absentSince ?? undefined,
    };
  });
}

/** An account somebody is looked for. */
interface Nameless {
  accountId: string;
  name?: string;
  email?: string;
}

/**
 * People who may be behind accounts, by account id: those with the same email, which several must
 * have or it would be linked, and those called the same. Nothing of it is a link.
 */
export async function suggestPeople(
  knex: Knex,
  accounts: Nameless[],
  revision: Revision,
): Promise<Map<string, Suggestion[]>> {
  const keys = accounts.flatMap(account => keysOf(account.name));
  const emails = accounts.flatMap(({ email }) =>
    email ? [foldEmail(email)] : [],
  );
  const found: Array<PersonRow & Record<'name_key' | 'email_folded', string>> =
    [];
  for (const [column, values] of [
    ['name_key', keys],
    ['email_folded', emails],
  ] as const) {
    if (values.length > 0) {
      const query = knex
        .from('profiles as p')
        .crossJoin(knex.raw('history_people as h'))
        .where('p.kind', 'person')
        .where(isAnyOf(knex, `p.${column}`, [...new Set(values)]))
        .whereRaw('h.key = p.id')
        .where('h.source', MERGED)
        .whereNull('h.out_of_scope_since')
        .whereNull('p.erased_at')
        .orderBy(['h.source', 'h.key'])
        .select('p.name_key', 'p.email_folded', {
          source: 'h.source',
          id: 'h.key',
          payload: 'h.payload',
        });
      found.push(...(await standing(query, 'h', revision)));
    }
  }
  const rows = [...new Map(found.map(row => [placeOf(row), row])).values()];
  const people = new Map(
    (await describePeople(knex, rows)).map(person => [
      `${person.source} ${person.ref}`,
      person,
    ]),
  );
  return new Map(
    accounts.map(({ accountId, name: called, email }) => {
      const key = called && nameKey(called);
      const parts = new Set(keysOf(called));
      const folded = email && foldEmail(email);
      const all = rows.flatMap((row): Suggestion[] => {
        const person = people.get(placeOf(row));
        const why = whyOf(row, { key, folded, parts });
        return person && why ? [{ ...person, why, exact: false }] : [];
      });
      all.sort((a, b) => ORDER.indexOf(a.why) - ORDER.indexOf(b.why));
      const same = new Set(
        all.filter(({ why }) => why === 'name').map(({ ref }) => ref),
      );
      const isSure =
        same.size === 1 && nameWords(called ?? '').length >= FEWEST_WORDS;
      return [
        accountId,
        all.slice(0, MOST).map(suggestion => ({
          ...suggestion,
          exact:
            isSure &&
            suggestion.why === 'name' &&
            suggestion.status === 'employed',
        })),
      ];
    }),
  );
}

function whyOf(
  row: Record<'name_key' | 'email_folded', string>,
  account: { key?: string; folded?: string; parts: Set<string> },
): Suggestion['why'] | undefined {
  if (account.key && row.name_key === account.key) {
    return 'name';
  }
  if (account.folded && row.email_folded === account.folded) {
    return 'email';
  }
  return account.parts.has(row.name_key) ? 'part-of-name' : undefined;
}

function placeOf({ source, id }: PersonRow): string {
  return `${source} ${id}`;
}

/** How a person behind an account of this name may be called: the same, or one word less. */
function keysOf(called: string | undefined): string[] {
  const whole = called && nameKey(called);
  if (!whole) {
    return [];
  }
  const words = nameWords(called);
  const shorter =
    words.length > FEWEST_WORDS && words.length <= MOST_WORDS
      ? words.map((_, i) => words.filter((__, j) => j !== i).join(' '))
      : [];
  return [whole, ...shorter];
}
