// SPDX-License-Identifier: Apache-2.0

/** Somebody to sign in to the demo as; the backend must list them, too. */
export interface DemoPerson {
  /** Name of their entity in the catalog. */
  id: string;
  name: string;
  role: string;
  /** What they may do, in one line. */
  may: string;
}

/** The people of the demo, one of each role. */
export const demoPeople: readonly DemoPerson[] = [
  {
    id: 'bram.okafor',
    name: 'Bram Okafor',
    role: 'Platform admin',
    may: 'Sees everything, syncs every connection and runs every check.',
  },
  {
    id: 'ada.lindqvist',
    name: 'Ada Lindqvist',
    role: 'Security reviewer',
    may: 'Sees everything, runs checks and syncs the connection that Security owns.',
  },
  {
    id: 'quinn.abernathy',
    name: 'Quinn Abernathy',
    role: 'Auditor',
    may: 'Sees everything and changes nothing.',
  },
  {
    id: 'kavya.sorensen',
    name: 'Kavya Sørensen',
    role: 'Engineer',
    may: 'Sees their own access, and the Confluence cards of the catalog.',
  },
];
