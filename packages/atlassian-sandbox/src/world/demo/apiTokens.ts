// SPDX-License-Identifier: Apache-2.0

interface DemoApiToken {
  owner: string;
  label: string;
  status?: 'BLOCKED';
  /** Days before the fixed moment of the world. */
  made: number;
  /** Days after it. */
  ends: number;
  /** Days before it; never used when left out. */
  used?: number;
}

/** The API tokens of Northwind, the oldest first. */
export const DEMO_API_TOKENS: readonly DemoApiToken[] = [
  {
    owner: 'bram.okafor',
    label: 'Workplace automation',
    made: 327,
    ends: 38,
    used: 1,
  },
  {
    owner: 'hugo.reyes',
    label: 'Release pipeline',
    made: 300,
    ends: 65,
    used: 200,
  },
  {
    owner: 'victor.amsel',
    label: 'Notebook',
    status: 'BLOCKED',
    made: 250,
    ends: 115,
    used: 61,
  },
  {
    owner: 'ulrich.bonney',
    label: 'Backup job',
    made: 200,
    ends: 165,
    used: 3,
  },
  {
    owner: 'liam.brightwater',
    label: 'Status page sync',
    made: 120,
    ends: 245,
    used: 1,
  },
  { owner: 'kavya.sorensen', label: 'Local scripts', made: 30, ends: 335 },
];
