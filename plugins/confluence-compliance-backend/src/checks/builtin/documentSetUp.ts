// SPDX-License-Identifier: Apache-2.0
import type {
  CheckContext,
  CheckPolicy,
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';
import { controlsOf } from './controls';
import type { Judgement } from './judgement';

const parameters = z.strictObject({}).prefault({});

/** A finding names no more pages than this. */
const MOST_NAMED = 10;

/** The verdict on one policy; facts are named `<dataset>.<field>`. */
export function judge({ pages, requires, gap }: CheckPolicy): Judgement {
  const current = pages.filter(({ status }) => status === 'current');
  const told = current.length > 0 ? current : pages;
  const judgement = {
    facts: {
      'pages.ids': told
        .map(({ id }) => id)
        .sort()
        .slice(0, MOST_NAMED),
      ...(told.length > MOST_NAMED && { 'pages.found': told.length }),
      ...(current.length === 0 &&
        pages.length > 0 && {
          'pages.status': [...new Set(pages.map(page => page.status))].sort(),
        }),
    },
    requires,
    ...(gap && { gap }),
    about: told.length === 1 ? { resource: `page:${told[0].id}` } : {},
  };
  if (current.length === 1) {
    return { ...judgement, verdict: 'pass', reason: 'document-current' };
  }
  if (current.length > 1) {
    return { ...judgement, verdict: 'fail', reason: 'several-documents' };
  }
  return {
    ...judgement,
    verdict: 'fail',
    reason: pages.length > 0 ? 'document-not-current' : 'document-missing',
    restsOnAbsence: true,
  };
}

async function* evaluate({
  connections,
  data,
}: CheckContext): AsyncIterable<CheckResult> {
  for (const connection of connections) {
    for (const policy of await data.policies(connection)) {
      yield { connection, subjectId: policy.id, ...judge(policy) };
    }
    for (const subjectId of await data.documentsWithoutPolicy(connection)) {
      yield {
        connection,
        subjectId,
        // It may well be there, also outside Confluence: nobody has said.
        verdict: 'unknown',
        reason: 'document-not-named',
        facts: {},
        requires: [],
      };
    }
  }
}

/** The documents that must be there are there. */
export const documentSetUp: ConfluenceCheck<typeof parameters> = {
  id: 'policy.document-set-up',
  title: 'Every required policy has its document',
  description:
    'Each policy that the configuration names or the portal maps is exactly one current page. None, several, or only archived ones fail; while pages could not be read, a document that was not found is unknown. So is a document that the chosen frameworks ask for and that nobody has named a page for.',
  severity: 'high',
  subjectKind: 'policy',
  where: 'documents',
  requires: ['spaces', 'pages', 'labels'],
  improves: [],
  parameters,
  controls: controlsOf('policy.document-set-up'),
  howToFix: [
    'When nobody has named its page, open Policies and press Choose its page beside the document, or name it in confluenceCompliance.policies.required with fulfils. A document that you do without, or keep elsewhere, goes into confluenceCompliance.policies.documentsNotNeeded.',
    'When there is no page yet, write it in Confluence and press Publish.',
    'When the policy is found by label, add the label to that page, and remove it from every other page.',
    'When the page is in the archive, open the space, scroll to the end of the page tree, choose Archived, open the page and press Restore. When it is in the trash, choose Space settings, then Trash, and restore it there.',
    'When the policy is another page by now, correct confluenceCompliance.policies.required in the configuration.',
    'Press Sync now: the finding ends with the next complete read.',
  ],
  state: 'ready',
  evaluate,
};
