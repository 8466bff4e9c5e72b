// SPDX-License-Identifier: Apache-2.0
import type {
  CheckPolicy,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';
import { controlsOf } from './controls';
import type { Judgement } from './judgement';
import { documentOf, eachPolicy } from './policyPages';

const parameters = z.strictObject({}).prefault({});

export function judge(policy: CheckPolicy): Judgement {
  const found = documentOf(policy);
  if ('judgement' in found) {
    return found.judgement;
  }
  const { id, version, structure, gap: ownGap } = found.page;
  const gap = policy.gap ?? ownGap;
  const own = {
    about: { resource: `page:${id}` },
    requires: policy.requires,
    ...(gap && { gap }),
  };
  const facts = version === undefined ? {} : { 'pages.version': version };
  const unknown = (reason: string): Judgement => ({
    verdict: 'unknown',
    reason,
    facts,
    ...own,
  });
  if (version === undefined) {
    return unknown('page-not-read');
  }
  if (!structure || structure.failed) {
    return unknown(structure?.failed ?? 'text-not-read');
  }
  if (structure.version !== version) {
    return unknown('text-of-other-version');
  }
  const { empty, placeholders, missingHeadings, emptyHeadings } = structure;
  const told = {
    ...facts,
    ...(placeholders.length > 0 && { placeholders }),
    ...(missingHeadings.length > 0 && { missingHeadings }),
    ...(emptyHeadings.length > 0 && { emptyHeadings }),
  };
  if (empty) {
    return { verdict: 'fail', reason: 'document-empty', facts: told, ...own };
  }
  if (placeholders.length > 0) {
    return { verdict: 'fail', reason: 'placeholder-text', facts: told, ...own };
  }
  if (structure.cut) {
    return unknown('text-too-long');
  }
  if (missingHeadings.length + emptyHeadings.length > 0) {
    return { verdict: 'fail', reason: 'headings-missing', facts: told, ...own };
  }
  return { verdict: 'pass', reason: 'structure-complete', facts, ...own };
}

/** A policy says something, and all that it must. */
export const structureComplete: ConfluenceCheck<typeof parameters> = {
  id: 'policy.structure-complete',
  title: 'Every policy has its headings and no placeholder text',
  description:
    'The published version has text, has every heading that confluenceCompliance.policies asks for with something below it, and none of the placeholders of a template. It is unknown while that version could not be read. Policies without one current page are judged by policy.document-set-up.',
  severity: 'medium',
  subjectKind: 'policy',
  where: 'policies',
  requires: ['spaces', 'pages', 'labels'],
  improves: [],
  parameters,
  controls: controlsOf('policy.structure-complete'),
  howToFix: [
    'The facts of the finding name the headings that are missing or empty, and the placeholders that were found.',
    'Open the page in Confluence, write what is missing, replace the placeholders and press Publish.',
    'When a heading has another name, or a word is no placeholder for you, say so in confluenceCompliance.policies.structure or in headings of the policy.',
    'Press Sync now: the finding ends once the new version was read.',
  ],
  state: 'ready',
  evaluate: eachPolicy(judge),
};
