// SPDX-License-Identifier: Apache-2.0
import { accountIdOf } from '../ids';
import { AccountStatus } from '../types';

interface DemoAccount {
  name: string;
  displayName: string;
  email: string;
  type?: 'atlassian' | 'app' | 'customer';
  status?: AccountStatus;
  emailHidden?: boolean;
  guest?: boolean;
  mfa?: boolean;
  suspended?: boolean;
  person?: {
    title: string;
    department: string;
    manager?: string;
    departed?: boolean;
  };
}

type Extra = Pick<
  DemoAccount,
  'status' | 'emailHidden' | 'mfa' | 'suspended'
> & {
  manager?: string;
  departed?: boolean;
  displayName?: string;
};

function employee(
  name: string,
  displayName: string,
  title: string,
  department: string,
  extra: Extra = {},
): DemoAccount {
  const { manager, departed, ...account } = extra;
  return {
    name,
    displayName,
    email: `${name}@northwind.example`,
    mfa: true,
    ...account,
    person: { title, department, manager, departed },
  };
}

/** The accounts of Northwind, in the order in which they joined. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  employee(
    'chiara.fontaine',
    'Chiara Fontaine',
    'Chief executive',
    'Leadership',
  ),
  employee(
    'dmitri.halloran',
    'Dmitri Halloran',
    'Chief technology officer',
    'Leadership',
    { manager: 'chiara.fontaine' },
  ),
  employee('ada.lindqvist', 'Ada Lindqvist', 'Head of security', 'Security', {
    manager: 'chiara.fontaine',
  }),
  employee('bram.okafor', 'Bram Okafor', 'Workplace systems lead', 'IT', {
    manager: 'dmitri.halloran',
  }),
  employee('ines.valcourt', 'Inès Valcourt', 'Head of people', 'People', {
    manager: 'chiara.fontaine',
  }),
  employee('esi.larsen', 'Esi Larsen', 'Security engineer', 'Security', {
    manager: 'ada.lindqvist',
  }),
  employee(
    'farid.castellan',
    'Farid Castellan',
    'Compliance manager',
    'Security',
    { manager: 'ada.lindqvist' },
  ),
  employee(
    'greta.oyelaran',
    'Greta Oyelaran',
    'Engineering manager',
    'Engineering',
    { manager: 'dmitri.halloran' },
  ),
  employee('hugo.reyes', 'Hugo Reyes', 'Platform engineer', 'Engineering', {
    manager: 'greta.oyelaran',
  }),
  employee(
    'jonas.achterberg',
    'Jonas Achterberg',
    'Backend engineer',
    'Engineering',
    { manager: 'greta.oyelaran', mfa: false },
  ),
  employee(
    'kavya.sorensen',
    'Kavya Sørensen',
    'Frontend engineer',
    'Engineering',
    { manager: 'greta.oyelaran' },
  ),
  employee(
    'liam.brightwater',
    'Liam Brightwater',
    'Site reliability engineer',
    'Engineering',
    { manager: 'greta.oyelaran' },
  ),
  employee(
    'mireille.adeyemi',
    'Mireille Adeyemi',
    'Data engineer',
    'Engineering',
    { manager: 'greta.oyelaran' },
  ),
  employee('nils.petrakis', 'Nils Petrakis', 'Product manager', 'Product', {
    manager: 'chiara.fontaine',
  }),
  employee('olga.fairweather', 'Olga Fairweather', 'Designer', 'Product', {
    manager: 'nils.petrakis',
  }),
  employee('pradeep.winter', 'Pradeep Winter', 'Finance lead', 'Finance', {
    manager: 'chiara.fontaine',
  }),
  employee('quinn.abernathy', 'Quinn Abernathy', 'Accountant', 'Finance', {
    manager: 'pradeep.winter',
  }),
  employee('rosa.lindgren', 'Rosa Lindgren', 'People partner', 'People', {
    manager: 'ines.valcourt',
  }),
  employee('soren.malik', 'Soren Malik', 'Support engineer', 'Support', {
    manager: 'bram.okafor',
  }),
  employee('xenia.marchetti', 'Xenia Marchetti', 'Account executive', 'Sales', {
    manager: 'chiara.fontaine',
    emailHidden: true,
  }),
  employee('yusuf.dahlberg', 'Yusuf Dahlberg', 'Sales engineer', 'Sales', {
    manager: 'xenia.marchetti',
    emailHidden: true,
  }),
  employee('wanda.ilesanmi', 'Wanda Ilesanmi', 'Office manager', 'People', {
    manager: 'ines.valcourt',
    displayName: 'Wanda Ilesanmi (Unlicensed)',
    suspended: true,
  }),
  employee('tamsin.vega', 'Tamsin Vega', 'Backend engineer', 'Engineering', {
    manager: 'greta.oyelaran',
    departed: true,
  }),
  employee('ulrich.bonney', 'Ulrich Bonney', 'Systems administrator', 'IT', {
    manager: 'bram.okafor',
    departed: true,
    mfa: false,
  }),
  employee('victor.amsel', 'Victor Amsel', 'Data analyst', 'Engineering', {
    manager: 'greta.oyelaran',
    departed: true,
    status: 'inactive',
  }),
  {
    name: 'zoe.karlsson',
    displayName: 'Zoé Karlsson',
    email: 'zoe.karlsson@brightline.example',
    guest: true,
  },
  {
    name: 'release-notes-bot',
    displayName: 'Release Notes Bot',
    email: 'release-notes-bot@apps.example',
    type: 'app',
    emailHidden: true,
  },
  {
    name: 'confluence-compliance',
    displayName: 'Confluence Compliance',
    email: 'confluence-compliance-7d1@serviceaccount.atlassian.com',
  },
  {
    name: 'former-user',
    displayName: 'Former user',
    email: '',
    status: 'closed',
    emailHidden: true,
  },
];

/** Short names of the demo accounts that tests and documents speak of. */
export const ADMIN_NAME = 'bram.okafor';
export const SERVICE_NAME = 'confluence-compliance';

/** The account id of a demo account by its short name, for example `tamsin.vega`. @public */
export function demoAccountId(name: string): string {
  if (!DEMO_ACCOUNTS.some(account => account.name === name)) {
    throw new Error(
      `There is no demo account "${name}"; see README.md for the names.`,
    );
  }
  return accountIdOf(name);
}
