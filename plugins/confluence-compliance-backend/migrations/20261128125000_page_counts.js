// SPDX-License-Identifier: Apache-2.0
// @ts-check

// How many pages a space has is counted in the index alone.
const COUNTED = 'history_pages_by_space_idx';
const BEFORE = 'history_pages_space_id_idx';

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.raw(
    `create index ${COUNTED} on history_pages (source, space_id, closed, opened)`,
  );
  await knex.raw(`drop index ${BEFORE}`);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(
    `create index ${BEFORE} on history_pages (source, space_id, row_id)`,
  );
  await knex.raw(`drop index ${COUNTED}`);
};
