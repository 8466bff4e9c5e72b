// SPDX-License-Identifier: Apache-2.0
import type { PolicyDocument } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  type ComplianceConfig,
  DOCUMENTS,
  type FrameworkId,
  FRAMEWORKS,
  REVIEWED_DOCUMENTS,
} from '../config';

/** What frameworks are called. */
const titles: Record<FrameworkId, string> = {
  soc2: 'SOC 2',
  iso27001: 'ISO 27001:2022',
  nist80053: 'NIST 800-53 r5',
  csf2: 'CSF 2.0',
  hipaa: 'HIPAA',
  'pci-dss': 'PCI DSS 4.0.1',
  'cis-v8': 'CIS v8',
};

/** The documents that the chosen frameworks ask for, and which policies are them. */
export function frameworkDocuments({
  frameworks,
  policies,
  documentsNotNeeded = [],
}: Pick<
  ComplianceConfig,
  'frameworks' | 'policies' | 'documentsNotNeeded'
>): PolicyDocument[] {
  const chosen = FRAMEWORKS.filter(id => frameworks.includes(id));
  return DOCUMENTS.filter(({ id }) => !documentsNotNeeded.includes(id))
    .map(({ controls, ...document }) => ({
      ...document,
      controls: chosen.flatMap(id =>
        (controls[id] ?? []).map(control => ({
          framework: titles[id],
          control,
          reviewed: REVIEWED_DOCUMENTS.includes(id),
        })),
      ),
      policies: policies
        .filter(({ fulfils = [] }) => fulfils.includes(document.id))
        .map(({ id, title }) => ({ id, title })),
    }))
    .filter(({ controls }) => controls.length > 0);
}
