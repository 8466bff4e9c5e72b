// SPDX-License-Identifier: Apache-2.0
import { Space } from '../types';

export interface DemoSpace {
  id: number;
  /** `~` stands for the personal space of the author. */
  key: string;
  name: string;
  type?: Space['type'];
  status?: Space['status'];
  author: string;
  description: string;
  /** Slugs of groups, by what they may do. */
  readers?: readonly string[];
  writers?: readonly string[];
  admins?: readonly string[];
  /** Accounts named one by one. */
  readerAccounts?: readonly string[];
  adminAccounts?: readonly string[];
  /** Open to everybody, without signing in. */
  anonymous?: boolean;
}

/** The spaces of Northwind. */
export const DEMO_SPACES: readonly DemoSpace[] = [
  {
    id: 65537,
    key: 'POL',
    name: 'Policies',
    author: 'farid.castellan',
    description: 'What we promise, and how we keep it.',
    readers: ['users'],
    writers: ['security'],
    admins: ['security'],
    readerAccounts: ['confluence-compliance'],
  },
  {
    id: 65538,
    key: 'ENG',
    name: 'Engineering',
    author: 'greta.oyelaran',
    description: 'How we build, run and repair Northwind.',
    readers: ['users', 'external'],
    writers: ['engineering', 'skunkworks'],
    admins: ['admins'],
    readerAccounts: ['zoe.karlsson', 'tamsin.vega'],
    adminAccounts: ['ulrich.bonney'],
  },
  {
    id: 65539,
    key: 'PPL',
    name: 'People and pay',
    author: 'ines.valcourt',
    description: 'Only for the people team and the leadership.',
    readers: ['leadership'],
    writers: ['people'],
    adminAccounts: ['ines.valcourt'],
  },
  {
    id: 65540,
    key: 'HELP',
    name: 'Northwind help',
    type: 'knowledge_base',
    author: 'soren.malik',
    description: 'Public answers for customers.',
    readers: ['users'],
    writers: ['finance-lower'],
    admins: ['admins'],
    anonymous: true,
  },
  {
    id: 65541,
    key: 'ATLAS',
    name: 'Project Atlas (2019)',
    status: 'archived',
    author: 'dmitri.halloran',
    description: 'Finished, kept for the record.',
    readers: ['users', 'empty'],
    admins: ['admins'],
  },
  {
    id: 65542,
    key: '~',
    name: 'Ada Lindqvist',
    type: 'personal',
    author: 'ada.lindqvist',
    description: '',
    adminAccounts: ['ada.lindqvist'],
  },
];
