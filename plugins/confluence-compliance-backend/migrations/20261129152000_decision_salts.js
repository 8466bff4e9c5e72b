// SPDX-License-Identifier: Apache-2.0
// @ts-check

const SALTS = {
  decision_reasons: 'reason_salt',
  people_decisions: 'reason_salt',
  manual_links: 'reason_salt',
  account_classes: 'purpose_salt',
};

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  for (const [name, column] of Object.entries(SALTS)) {
    await knex.schema.alterTable(name, table => {
      table
        .string(column, 32)
        .nullable()
        .comment(
          'Hex, of the hash in the ledger, which has none of before; goes with the text',
        );
    });
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const [name, column] of Object.entries(SALTS)) {
    await knex.schema.alterTable(name, table => {
      table.dropColumn(column);
    });
  }
};
