// SPDX-License-Identifier: Apache-2.0
import { ATTACK, needs, type Page, storiesOf, type Story } from './story';

const pages: Page[] = [
  {
    page: 'connections',
    path: 'connections',
    says: {
      full: '5 sites',
      empty: 'Connect your first Confluence site',
      partial: ', none of them current',
      forbidden: needs('connection.read'),
    },
    asOf: 'This page shows now, not 3 November 2026.',
  },
];

/** Connecting a site, step by step; each step stands at an address of its own. */
const connecting: Story[] = [
  { state: 'purpose', path: 'new', says: 'What is this site read for?' },
  {
    state: 'method',
    path: 'lab/setup?step=method',
    says: 'How does it prove itself to Atlassian?',
  },
  {
    state: 'permissions',
    path: 'lab/setup?step=permissions',
    says: 'What it lets us read',
  },
  {
    state: 'credentials',
    path: 'lab/setup?step=credentials&add=organization',
    says: 'Organization API key',
  },
  {
    state: 'grant',
    path: 'fjord/setup?step=credentials',
    says: 'Callback URL',
  },
  {
    state: 'test with gaps',
    path: 'lab/setup?step=test',
    says: 'pages cannot be read yet',
  },
  {
    state: 'test refused',
    path: 'fjord/setup?step=test',
    says: 'OAuth 2.0 does not work',
  },
  {
    state: 'test of config',
    path: 'northwind/setup',
    says: '12 read-only requests',
  },
  {
    state: 'user group',
    path: 'legal/setup?step=group',
    says: 'The members of one group count',
  },
  {
    state: 'first sync',
    path: 'archive/setup?step=sync',
    says: 'Everything is set.',
  },
  {
    state: 'sync ended in part',
    path: 'legal/setup?step=sync',
    says: 'not everything was read',
  },
  {
    state: 'sync ended with the tick',
    path: 'tick/setup?step=sync',
    says: 'See what was found',
  },
  {
    state: 'choose site',
    path: 'authorized?code=story&state=story.fjord',
    says: 'The grant opens 2 sites that can be connected.',
  },
  {
    state: 'denied',
    path: 'authorized?error=access_denied&state=story.fjord',
    says: 'The grant was not given',
  },
  {
    state: 'used',
    path: 'authorized?code=used&state=used.fjord',
    says: 'This way back was used already.',
  },
  {
    state: 'delete',
    path: '',
    says: 'Entries of the ledger stay in any case',
    press: ['More for Northwind Legal', 'Delete'],
  },
  {
    state: 'replace credential',
    path: '',
    says: 'The new one is tried before the old one goes.',
    press: ['More for Northwind Legal', 'Replace credential'],
  },
  {
    state: 'hostile test',
    path: 'lab/setup?step=test&data=hostile',
    says: ATTACK,
  },
].map(({ path, ...story }) => ({
  page: 'connect',
  path: path ? `connections/${path}` : 'connections',
  ...story,
}));

/** The list of sites, and connecting one. */
export const connectionStories: Story[] = [
  ...pages.flatMap(storiesOf),
  ...connecting,
];
