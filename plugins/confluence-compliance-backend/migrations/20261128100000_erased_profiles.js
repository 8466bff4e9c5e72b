// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('profiles', table => {
    table
      .string('erased_at', 24)
      .nullable()
      .comment('Erased on request: its name is a pseudonym, for good');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  // Knex would copy the table, and its indexes along expressions would be lost.
  await knex.raw('alter table profiles drop column erased_at');
};
