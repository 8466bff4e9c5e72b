// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('policy_structures', table => {
    table
      .string('content_hash', 64)
      .nullable()
      .comment(
        'SHA-256 of the text in storage format, hex; null where it was not read',
      );
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('policy_structures', table => {
    table.dropColumn('content_hash');
  });
};
