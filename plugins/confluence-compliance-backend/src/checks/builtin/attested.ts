// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceCheck } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';
import { controlsOf } from './controls';

/** What no API says: a person looks, and attests what they saw. */
export const attestedChecks: ConfluenceCheck[] = [
  {
    id: 'space.public-links',
    title: 'Public links are off, or every one is meant',
    description:
      'No API of Atlassian says which pages have a public link. Somebody looks at the settings of the site and attests what they saw.',
    severity: 'high',
    subjectKind: 'site',
    requires: [],
    improves: [],
    parameters: z.strictObject({}).prefault({}),
    controls: controlsOf('space.public-links'),
    howToFix: [
      'Open Confluence settings, then Public links: it says whether they are on, and in which spaces.',
      'Switch them off where nobody needs them, and look at the list of those that are there.',
      'Press Attest here and say what you saw; name where the list or the screenshot is kept.',
    ],
    state: 'attestation',
    async *evaluate() {
      // Nothing can be read.
    },
  },
];
