// SPDX-License-Identifier: Apache-2.0
import type { CheckControl } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';

/** `true` marks the controls that a person has read against the text of the standard. */
type FrameworkMap = Record<string, Record<string, boolean>>;

const maps: Record<string, FrameworkMap> = {
  'access.offboarded-removed': {
    'SOC 2': { 'CC6.2': true, 'CC6.3': true },
    'ISO 27001:2022': { 'A.5.18': true, 'A.6.5': true },
    'NIST 800-53 r5': {
      'AC-2h': true,
      'AC-2l': true,
      'AC-2(3)b': true,
      'PS-4': false,
    },
    HIPAA: { '164.308(a)(3)(ii)(C)': true },
    'PCI DSS 4.0.1': { '8.2.5': true },
    'CIS v8': { '6.2': true },
    'CSF 2.0': { 'PR.AA-01': false, 'PR.AA-05': true },
  },
  'access.user-identified': {
    'SOC 2': { 'CC6.1': false, 'CC6.2': true },
    'ISO 27001:2022': { 'A.5.16': false },
    'NIST 800-53 r5': { 'AC-2d': true, 'IA-4': false },
    HIPAA: { '164.312(a)(2)(i)': false },
    'PCI DSS 4.0.1': { '8.2.1': false },
    'CIS v8': { '5.1': true },
    'CSF 2.0': { 'PR.AA-01': false },
  },
  'access.critical-system-valid': {
    'SOC 2': { 'CC6.3': true },
    'ISO 27001:2022': { 'A.5.15': false, 'A.5.18': true },
    'NIST 800-53 r5': {
      'AC-2c': true,
      'AC-2e': true,
      'AC-2i': true,
      'AC-3': false,
      'AC-6': false,
    },
    HIPAA: { '164.308(a)(4)(ii)(B)': true },
    'PCI DSS 4.0.1': { '7.2.1': false, '7.2.2': false, '7.2.3': false },
    'CIS v8': { '6.1': true, '6.8': true },
    'CSF 2.0': { 'PR.AA-05': true },
  },
  'policy.document-set-up': {
    'SOC 2': { 'CC5.3': false },
    'ISO 27001:2022': { 'A.5.1': true, 'cl.7.5': true },
    'NIST 800-53 r5': { 'AC-1': false, 'IA-1': false, 'PL-1': false },
    HIPAA: { '164.316(a)': false, '164.316(b)(1)': false },
    'PCI DSS 4.0.1': { '12.1.1': false },
    'CSF 2.0': { 'GV.PO-01': true },
  },
};

/** The controls each built-in check speaks to, by check id. */
export const controls: Record<string, CheckControl[]> = Object.fromEntries(
  Object.entries(maps).map(([check, frameworks]) => [
    check,
    Object.entries(frameworks).flatMap(([framework, reviewedByControl]) =>
      Object.entries(reviewedByControl).map(([control, reviewed]) => ({
        framework,
        control,
        reviewed,
      })),
    ),
  ]),
);
