// SPDX-License-Identifier: Apache-2.0
// @ts-check

const TABLE = 'history_results';

const facets = [
  ['account_id', 'The account it is about'],
  ['resource', 'What it is about: site:<id>, space:<id>, page:<id>, …'],
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable(TABLE, table => {
    for (const [column, comment] of facets) {
      table.text(column).nullable().comment(comment);
    }
  });
  // What is written before has no such fact; of an account it is the subject.
  await knex(TABLE)
    .where({ subject_kind: 'account' })
    .update({ account_id: knex.ref('subject_id') });
  for (const [column] of facets) {
    // Lists of findings run along it in order; counts of verdicts need nothing else, now or then.
    await knex.raw(
      `create index ${TABLE}_${column}_idx
       on ${TABLE} (source, ${column}, check_id, verdict, row_id, opened, closed)
       where ${column} is not null`,
    );
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const [column] of facets) {
    await knex.raw(`drop index ${TABLE}_${column}_idx`);
    await knex.raw(`alter table ${TABLE} drop column ${column}`);
  }
};
