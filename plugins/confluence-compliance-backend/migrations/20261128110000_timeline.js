// SPDX-License-Identifier: Apache-2.0
// @ts-check

/**
 * Along these what began and what ended is read, newest first, for one account, group or space.
 *
 * @type {Array<[table: string, name: string, of: string[], what: string[]]>}
 */
const ways = [
  ['history_memberships', 'account', ['account_id'], ['group_id']],
  ['history_memberships', 'group', ['group_id'], ['account_id']],
  [
    'history_grants',
    'principal',
    ['principal_type', 'principal_id'],
    ['space_id'],
  ],
  ['history_grants', 'space', ['space_id'], ['principal_type', 'principal_id']],
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  for (const [table, name, of, what] of ways) {
    for (const when of ['opened', 'closed']) {
      const columns = ['source', ...of, when, ...what].join(', ');
      // Always so where it is set. A query that does not say so cannot use these.
      await knex.raw(
        `create index ${table}_${name}_${when}_idx on ${table} (${columns})
         where ${when} > 0`,
      );
    }
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const [table, name] of ways) {
    await knex.raw(`drop index ${table}_${name}_opened_idx`);
    await knex.raw(`drop index ${table}_${name}_closed_idx`);
  }
};
