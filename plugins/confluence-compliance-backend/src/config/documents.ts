// SPDX-License-Identifier: Apache-2.0
import type { FrameworkId } from './frameworks';

/** A document that frameworks ask for, with the controls of each that speak of it. */
export interface FrameworkDocument {
  /** Stable id, which configuration names. */
  id: string;
  title: string;
  /** What it says, in our own words. */
  about: string;
  controls: Partial<Record<FrameworkId, string[]>>;
}

/**
 * Of which frameworks somebody has read these documents against the text of the standard. The criteria
 * of SOC 2 leave it to the organization how its documents are cut; these are the usual ones.
 */
export const REVIEWED_DOCUMENTS: FrameworkId[] = [];

/** Documents of every framework; only SOC 2 and ISO 27001:2022 are chosen by default. */
export const DOCUMENTS: FrameworkDocument[] = [
  {
    id: 'information-security',
    title: 'Information security policy',
    about:
      'What the organization wants of its security, and who answers for it.',
    controls: {
      soc2: ['CC5.3'],
      iso27001: ['cl.5.2', 'A.5.1'],
      nist80053: ['PL-1', 'PM-1'],
      csf2: ['GV.PO-01'],
      hipaa: ['164.316(a)'],
      'pci-dss': ['12.1.1'],
    },
  },
  {
    id: 'isms-scope',
    title: 'Scope of the management system',
    about:
      'What the management system of security covers, and what it does not.',
    controls: { iso27001: ['cl.4.3'] },
  },
  {
    id: 'risk-assessment',
    title: 'Risk assessment process',
    about: 'How risks are found, weighed, and by whom they are accepted.',
    controls: {
      soc2: ['CC3.2'],
      iso27001: ['cl.6.1.2'],
      nist80053: ['RA-1'],
      csf2: ['GV.RM-06'],
      hipaa: ['164.308(a)(1)(ii)(A)'],
      'pci-dss': ['12.3.1'],
    },
  },
  {
    id: 'risk-treatment',
    title: 'Risk treatment process',
    about: 'How it is decided what is done about a risk.',
    controls: {
      soc2: ['CC5.1'],
      iso27001: ['cl.6.1.3'],
      nist80053: ['PM-9'],
      csf2: ['GV.RM-04'],
      hipaa: ['164.308(a)(1)(ii)(B)'],
    },
  },
  {
    id: 'statement-of-applicability',
    title: 'Statement of applicability',
    about: 'Which controls of Annex A apply, which do not, and why.',
    controls: { iso27001: ['cl.6.1.3'] },
  },
  {
    id: 'security-objectives',
    title: 'Information security objectives',
    about: 'What is to be reached, by when, and how it is measured.',
    controls: { iso27001: ['cl.6.2'] },
  },
  {
    id: 'internal-audit',
    title: 'Internal audit programme',
    about: 'Who audits the management system, how often, and what of it.',
    controls: {
      iso27001: ['cl.9.2'],
      nist80053: ['CA-1'],
      hipaa: ['164.308(a)(8)'],
    },
  },
  {
    id: 'code-of-conduct',
    title: 'Code of conduct',
    about: 'How people are expected to act, and what follows when they do not.',
    controls: {
      soc2: ['CC1.1'],
      iso27001: ['A.6.4'],
      nist80053: ['PS-8'],
      hipaa: ['164.308(a)(1)(ii)(C)'],
    },
  },
  {
    id: 'acceptable-use',
    title: 'Acceptable use',
    about: 'What may be done with devices, accounts and information.',
    controls: {
      iso27001: ['A.5.10'],
      nist80053: ['PL-4'],
      hipaa: ['164.310(b)'],
      'pci-dss': ['12.2.1'],
    },
  },
  {
    id: 'access-control',
    title: 'Access control',
    about: 'Who gets which access, who approves it, and how it ends.',
    controls: {
      soc2: ['CC6.1', 'CC6.2', 'CC6.3'],
      iso27001: ['A.5.15'],
      nist80053: ['AC-1', 'IA-1'],
      csf2: ['PR.AA-05'],
      hipaa: ['164.308(a)(4)(i)'],
      'pci-dss': ['7.1.1', '8.1.1'],
      'cis-v8': ['6.1', '6.2'],
    },
  },
  {
    id: 'information-classification',
    title: 'Classification and handling of information',
    about: 'Which kinds of information there are, and how each is handled.',
    controls: {
      iso27001: ['A.5.12', 'A.5.13'],
      nist80053: ['RA-2'],
      csf2: ['ID.AM-05'],
      'cis-v8': ['3.1', '3.7'],
    },
  },
  {
    id: 'information-transfer',
    title: 'Transfer of information',
    about: 'How information is sent within the organization and to others.',
    controls: { soc2: ['CC6.7'], iso27001: ['A.5.14'] },
  },
  {
    id: 'supplier-security',
    title: 'Security with suppliers',
    about: 'What is asked of suppliers, and how that is watched.',
    controls: {
      soc2: ['CC9.2'],
      iso27001: ['A.5.19'],
      nist80053: ['SR-1'],
      csf2: ['GV.SC-01'],
      hipaa: ['164.308(b)(1)'],
      'pci-dss': ['12.8.1'],
      'cis-v8': ['15.2'],
    },
  },
  {
    id: 'incident-response',
    title: 'Incident response',
    about: 'How incidents are reported, judged, ended and learnt from.',
    controls: {
      soc2: ['CC7.3', 'CC7.4'],
      iso27001: ['A.5.24'],
      nist80053: ['IR-1', 'IR-8'],
      csf2: ['ID.IM-04'],
      hipaa: ['164.308(a)(6)(i)'],
      'pci-dss': ['12.10.1'],
      'cis-v8': ['17.4'],
    },
  },
  {
    id: 'business-continuity',
    title: 'Business continuity',
    about: 'How the organization goes on through a disruption, and recovers.',
    controls: {
      soc2: ['CC7.5', 'CC9.1'],
      iso27001: ['A.5.29', 'A.5.30'],
      nist80053: ['CP-1', 'CP-2'],
      csf2: ['ID.IM-04'],
      hipaa: ['164.308(a)(7)(i)'],
    },
  },
  {
    id: 'operating-procedures',
    title: 'Operating procedures',
    about: 'How systems are run, for those who run them.',
    controls: { soc2: ['CC5.3'], iso27001: ['A.5.37'] },
  },
  {
    id: 'remote-working',
    title: 'Remote working',
    about: 'What holds for work outside the premises.',
    controls: { iso27001: ['A.6.7'], nist80053: ['AC-17'] },
  },
  {
    id: 'backup',
    title: 'Backup',
    about: 'What is backed up, how often, and how restoring is tested.',
    controls: {
      iso27001: ['A.8.13'],
      nist80053: ['CP-9'],
      csf2: ['PR.DS-11'],
      hipaa: ['164.308(a)(7)(ii)(A)'],
      'cis-v8': ['11.1'],
    },
  },
  {
    id: 'monitoring',
    title: 'Logging and monitoring',
    about: 'What is logged, who looks at it, and what raises an alarm.',
    controls: {
      soc2: ['CC7.2'],
      iso27001: ['A.8.15', 'A.8.16'],
      nist80053: ['AU-1'],
      hipaa: ['164.308(a)(1)(ii)(D)'],
      'pci-dss': ['10.1.1'],
      'cis-v8': ['8.1'],
    },
  },
  {
    id: 'vulnerability-management',
    title: 'Vulnerability management',
    about: 'How weaknesses are found, and how soon they are mended.',
    controls: {
      soc2: ['CC7.1'],
      iso27001: ['A.8.8'],
      nist80053: ['SI-1'],
      csf2: ['ID.RA-01'],
      'pci-dss': ['6.1.1', '11.1.1'],
      'cis-v8': ['7.1'],
    },
  },
  {
    id: 'cryptography',
    title: 'Cryptography',
    about: 'What is encrypted, how, and how keys are kept.',
    controls: {
      iso27001: ['A.8.24'],
      nist80053: ['SC-1'],
      hipaa: ['164.312(a)(2)(iv)'],
      'pci-dss': ['3.1.1', '4.1.1'],
    },
  },
  {
    id: 'secure-development',
    title: 'Secure development',
    about: 'How software is designed, written, tested and released.',
    controls: {
      iso27001: ['A.8.25'],
      nist80053: ['SA-1'],
      csf2: ['PR.PS-06'],
      'pci-dss': ['6.1.1'],
      'cis-v8': ['16.1'],
    },
  },
  {
    id: 'change-management',
    title: 'Change management',
    about: 'How changes are asked for, tested, approved and brought in.',
    controls: {
      soc2: ['CC8.1'],
      iso27001: ['A.8.32'],
      nist80053: ['CM-1'],
      csf2: ['ID.RA-07'],
      'pci-dss': ['6.5.1'],
      'cis-v8': ['4.1'],
    },
  },
  {
    id: 'security-awareness',
    title: 'Awareness and training',
    about: 'What people are taught about security, when, and how it is kept.',
    controls: {
      nist80053: ['AT-1'],
      csf2: ['PR.AT-01'],
      hipaa: ['164.308(a)(5)(i)'],
      'pci-dss': ['12.6.1'],
      'cis-v8': ['14.1'],
    },
  },
  {
    id: 'personnel-security',
    title: 'Personnel security',
    about:
      'How people are checked before they start, and what ends when they leave.',
    controls: {
      nist80053: ['PS-1'],
      csf2: ['GV.RR-04'],
      hipaa: ['164.308(a)(3)(i)'],
      'pci-dss': ['12.7.1'],
    },
  },
  {
    id: 'physical-security',
    title: 'Physical security',
    about: 'Who may enter which premises, and how that is watched.',
    controls: {
      nist80053: ['PE-1'],
      csf2: ['PR.AA-06'],
      hipaa: ['164.310(a)(1)'],
      'pci-dss': ['9.1.1'],
    },
  },
  {
    id: 'media-handling',
    title: 'Handling and disposal of media',
    about: 'How media that hold information are kept, moved, and wiped.',
    controls: {
      nist80053: ['MP-1'],
      hipaa: ['164.310(d)(1)'],
      'pci-dss': ['9.1.1'],
      'cis-v8': ['3.5'],
    },
  },
  {
    id: 'documentation-kept',
    title: 'Keeping of documentation',
    about: 'How long documents of security are kept, and who finds them.',
    controls: { hipaa: ['164.316(b)(2)(i)'] },
  },
];

export const DOCUMENT_IDS: string[] = DOCUMENTS.map(({ id }) => id);
