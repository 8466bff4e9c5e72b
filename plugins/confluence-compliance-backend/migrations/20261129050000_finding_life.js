// SPDX-License-Identifier: Apache-2.0
// @ts-check

const INDEX = 'history_reads_results_idx';

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // The last run of a check by a revision.
  await knex.raw(
    `create index ${INDEX} on history_reads (source, container, published_at, started_at)
     where dataset = 'results'`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(`drop index ${INDEX}`);
};
