// SPDX-License-Identifier: Apache-2.0
import type { ReviewItem } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { type DescribeOptions, describeItems } from './describe';
import { gapsOf, type ItemRow, type ReviewRow, sealedOf } from './rows';
import { everyItem } from './signOff';

const BATCH = 200;

const HEAD = [
  'kind',
  'principal kind',
  'principal id',
  'name',
  'class',
  'person',
  'container kind',
  'container id',
  'container',
  'operations',
  'admin',
  'since',
  'last active',
  'mfa',
  'open findings',
  'delta',
  'recommendation',
  'why',
  'reviewer',
  'because',
  'decision',
  'decided by',
  'in place of',
  'decided at',
  'reason',
  'remediation',
  'residual access',
];

/**
 * Every item of a review as CSV, for spreadsheets (RFC 4180, UTF-8 with a byte order mark); below
 * them one row for each container that was not whole. Remediations stand in it once they are sealed.
 */
export async function* toCsv(
  options: DescribeOptions,
  review: ReviewRow,
): AsyncGenerator<string> {
  yield `\ufeff${line(HEAD)}`;
  let batch: ItemRow[] = [];
  for await (const row of everyItem(options.knex, review.id)) {
    batch.push(row);
    if (batch.length === BATCH) {
      yield await linesOf(options, batch);
      batch = [];
    }
  }
  yield await linesOf(options, batch);
  for (const { dataset, container, title, reason } of gapsOf(review)) {
    yield line(['gap', dataset, container, title, reason.code, reason.text]);
  }
}

async function linesOf(
  options: DescribeOptions,
  rows: ItemRow[],
): Promise<string> {
  const items = await describeItems(options, rows);
  return items.map((item, i) => line(cellsOf(item, rows[i]))).join('');
}

function cellsOf(item: ReviewItem, row: ItemRow): Cell[] {
  const { principal, container, recommendation, reviewer, decision } = item;
  const sealed = sealedOf(row);
  return [
    item.kind,
    principal.kind,
    principal.id,
    principal.name,
    principal.class,
    principal.person,
    container.kind,
    container.id,
    container.title,
    item.operations.join('; '),
    item.admin ? 'yes' : 'no',
    item.since,
    item.lastActive?.value,
    item.mfa?.value,
    item.openFindings?.total,
    item.delta?.kind,
    recommendation.kind,
    recommendation.reasons.map(({ code }) => code).join('; '),
    reviewer.ref,
    reviewer.because,
    decision?.kind ?? 'undecided',
    decision?.by,
    decision?.for,
    decision?.at,
    decision?.reason ?? decision?.rule?.code,
    sealed?.reason?.code ?? sealed?.state,
    sealed?.residual &&
      (sealed.residual.unknown?.code ?? sealed.residual.paths.length),
  ];
}

type Cell = string | number | undefined;

/** Every cell is quoted, and none is taken for a formula. */
function line(cells: Cell[]): string {
  const quoted = cells.map(cell => {
    const text = String(cell ?? '');
    const safe = /^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
    return `"${safe.replaceAll('"', '""')}"`;
  });
  return `${quoted.join(',')}\r\n`;
}
