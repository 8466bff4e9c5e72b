// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('decision_reasons', table => {
    table.index(['subject', 'kind'], 'decision_reasons_subject_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('decision_reasons', table => {
    table.dropIndex([], 'decision_reasons_subject_idx');
  });
};
