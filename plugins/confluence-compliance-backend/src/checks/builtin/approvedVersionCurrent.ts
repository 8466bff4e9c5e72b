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
  const { id, version, approval, text, gap: ownGap } = found.page;
  const gap = policy.gap ?? ownGap;
  const isRead = text !== undefined && text.version === version;
  const isOther = isRead && text.contentHash !== approval?.contentHash;
  const own = {
    about: { resource: `page:${id}` },
    requires: policy.requires,
    ...(gap && { gap }),
    facts: {
      ...(version !== undefined && { 'pages.version': version }),
      ...(approval && { approvedVersion: approval.version }),
      ...(approval?.version === version && {
        'pages.text': textIs(isRead, isOther),
      }),
    },
  };
  if (!approval) {
    return { verdict: 'fail', reason: 'never-approved', ...own };
  }
  if (version === undefined) {
    return { verdict: 'unknown', reason: 'page-not-read', ...own };
  }
  // What was read of the text may be newer than what the last sync has seen.
  if (Math.max(version, text?.version ?? 0) > approval.version) {
    return { verdict: 'fail', reason: 'edited-since-approval', ...own };
  }
  if (version === approval.version && isOther) {
    return { verdict: 'fail', reason: 'other-text-than-approved', ...own };
  }
  return version === approval.version
    ? { verdict: 'pass', reason: 'approved-version', ...own }
    : { verdict: 'unknown', reason: 'approved-since-read', ...own };
}

/** What a fact says of the published text against the approved one. */
function textIs(isRead: boolean, isOther: boolean): string {
  if (!isRead) {
    return 'not compared';
  }
  return isOther ? 'not as approved' : 'as approved';
}

/** What everybody reads is what somebody approved. */
export const approvedVersionCurrent: ConfluenceCheck<typeof parameters> = {
  id: 'policy.approved-version-current',
  title: 'The published version of a policy is the approved one',
  description:
    'Somebody who may has approved exactly the version of the page that is published, in the portal. A later edit fails until that version is approved, or recorded as a minor edit, and so does another text under the approved number. Before the text of that version was read, the number alone is compared. Policies without one current page are judged by policy.document-set-up.',
  severity: 'high',
  subjectKind: 'policy',
  where: 'policies',
  requires: ['spaces', 'pages', 'labels'],
  improves: [],
  parameters,
  controls: controlsOf('policy.approved-version-current'),
  howToFix: [
    'Open the policy under Policies: it shows what was edited since the last approval.',
    'Let somebody who may approve policies read it and press Approve; an edit that changes nothing that matters can be recorded as a minor edit, with a note.',
    'When the edit was wrong, open the page in Confluence, choose More actions, then Version history, and restore the approved version: that makes a new version, which is approved in the same way.',
    'When the text is another one under the approved number, which a restored site can have, edit the page and press Publish: that makes a new version, which can be approved.',
  ],
  state: 'ready',
  evaluate: eachPolicy(judge),
};
