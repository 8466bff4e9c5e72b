// SPDX-License-Identifier: Apache-2.0
// @ts-check

const BATCH = 400;

/** @type {Array<[string, string]>} */
const indexes = [
  ['profiles_name_key_idx', 'profiles (kind, name_key, id)'],
  ['history_people_id_idx', 'history_people (key, source, opened)'],
];

/** As `nameKey` says it; a migration must not change with it. */
function keyOf(/** @type {string} */ name) {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
    .replace(/đ/g, 'd')
    .replace(/æ/g, 'ae')
    .replace(/œ/g, 'oe')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  return words.sort().join(' ').slice(0, 200) || null;
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('profiles', table => {
    table
      .text('name_key')
      .nullable()
      .comment('Name of a person, normalised to be compared; no other kind');
  });
  let after = '';
  for (;;) {
    const rows = await knex('profiles')
      .where({ kind: 'person' })
      .whereNull('erased_at')
      .where('id', '>', after)
      .orderBy('id')
      .limit(BATCH)
      .select('id', 'name', 'public_name');
    if (rows.length === 0) {
      break;
    }
    for (const { id, name, public_name: publicName } of rows) {
      await knex('profiles')
        .where({ kind: 'person', id })
        .update({ name_key: keyOf(name ?? publicName ?? '') });
      after = id;
    }
  }
  for (const [name, columns] of indexes) {
    await knex.raw(`create index ${name} on ${columns}`);
  }
  await knex.schema.createTable('manual_links', table => {
    table.comment('What somebody said of whom an account belongs to');
    table.text('account_id').primary();
    table.text('source').nullable().comment('Source of the person');
    table.text('person').nullable().comment('Absent: it belongs to nobody');
    table.text('reason').notNullable();
    table.text('decided_by').notNullable().comment('User or service ref');
    table.string('decided_at', 24).notNullable().comment('ISO time in UTC');
  });
  await knex.schema.createTable('account_classes', table => {
    table.comment('What somebody said an account is');
    table.text('account_id').primary();
    table.text('class').notNullable();
    table.text('class_before').notNullable().comment('What it was seen as');
    table.text('owner').nullable().comment('Entity ref of who answers for it');
    table.text('purpose').nullable();
    table.text('decided_by').notNullable().comment('User or service ref');
    table.string('decided_at', 24).notNullable().comment('ISO time in UTC');
  });
  await knex.schema.createTable('people_decisions', table => {
    table.comment('Why somebody said that people have left, for good');
    table.increments('id');
    table.string('kind', 16).notNullable().comment('departure or shrink');
    table.text('subject').notNullable().comment('The person or the source');
    table.text('reason').notNullable();
    table.text('decided_by').notNullable().comment('User or service ref');
    table.string('decided_at', 24).notNullable().comment('ISO time in UTC');
    table.index(['subject'], 'people_decisions_subject_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('people_decisions');
  await knex.schema.dropTable('account_classes');
  await knex.schema.dropTable('manual_links');
  for (const [name] of indexes) {
    await knex.raw(`drop index ${name}`);
  }
  // Knex would copy the table, and its indexes along expressions would be lost.
  await knex.raw('alter table profiles drop column name_key');
};
