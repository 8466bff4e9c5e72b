// SPDX-License-Identifier: Apache-2.0

/** The frameworks that controls of checks are known of, by id. */
export const FRAMEWORKS = [
  'soc2',
  'iso27001',
  'nist80053',
  'csf2',
  'hipaa',
  'pci-dss',
  'cis-v8',
] as const;

export type FrameworkId = (typeof FRAMEWORKS)[number];

/** Those whose controls were read against the text of the standard. */
export const STANDARD_FRAMEWORKS: FrameworkId[] = ['soc2', 'iso27001'];
