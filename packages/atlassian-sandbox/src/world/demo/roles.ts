// SPDX-License-Identifier: Apache-2.0
import { AccessClass } from '../types';

interface DemoAssignment {
  /** Key of the space. */
  space: string;
  role: string;
  /** Short name of an account, or an access class. */
  account?: string;
  accessClass?: AccessClass;
}

/** Roles in the spaces of Northwind, beyond those that follow from the permissions. */
export const DEMO_ASSIGNMENTS: readonly DemoAssignment[] = [
  { space: 'POL', role: 'Viewer', accessClass: 'all-licensed-users' },
  { space: 'ENG', role: 'Viewer', accessClass: 'authenticated-users' },
  { space: 'ENG', role: 'Collaborator', account: 'esi.larsen' },
  { space: 'PPL', role: 'Auditor', account: 'farid.castellan' },
  { space: 'ATLAS', role: 'Admin', accessClass: 'all-product-admins' },
];
