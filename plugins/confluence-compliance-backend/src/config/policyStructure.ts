// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { text } from './words';

/** What the text of a policy must have, and what it must not say. */
export interface StructureRule {
  headings: string[];
  placeholders: string[];
}

/** What stands in templates until somebody writes the real thing. */
export const PLACEHOLDERS = [
  'TBD',
  'TODO',
  'XXX',
  'to be defined',
  'to be determined',
  'lorem ipsum',
  '<insert',
  '[insert',
  '[company name]',
  '<company name>',
];

const words = z.array(text.max(200)).max(100);

export const structureSchema = z
  .strictObject({
    /** Of every policy; a policy can name more. */
    headings: words.default([]),
    placeholders: words.default(PLACEHOLDERS),
  })
  .prefault({});

export const headingsSchema = words.default([]);
