// SPDX-License-Identifier: Apache-2.0
import type { StructureRule } from '../config';
import { type Block, MOST_BLOCKS } from './blocks';

/** What was looked for in a text: words of the configuration only, none of the text. */
export interface Structure {
  /** Nothing stands there but headings. */
  empty: boolean;
  missingHeadings: string[];
  /** Required headings that nothing stands below. */
  emptyHeadings: string[];
  placeholders: string[];
  /** The text was longer than is looked at. */
  cut: boolean;
}

/** Looks for required headings and placeholders in a text. */
export function structureOf(
  blocks: Block[],
  { headings, placeholders }: StructureRule,
): Structure {
  const places = headings.map(
    heading => [heading, placesOf(blocks, heading)] as const,
  );
  return {
    empty: !blocks.some(({ heading }) => !heading),
    missingHeadings: places
      .filter(([, found]) => found.length === 0)
      .map(([heading]) => heading),
    emptyHeadings: places
      .filter(([, found]) => found.length > 0)
      .filter(([, found]) => !found.some(place => hasText(blocks, place)))
      .map(([heading]) => heading),
    placeholders: placeholders.filter(placeholder => {
      const pattern = patternOf(placeholder);
      return blocks.some(({ text }) => pattern.test(text));
    }),
    cut: blocks.length >= MOST_BLOCKS,
  };
}

/** However it is numbered and written: `2.1 Purpose:` is the heading `purpose`. */
function nameOf(heading: string): string {
  return heading
    .replace(/^[\d.)\s]+/u, '')
    .replace(/[:.\s]+$/u, '')
    .toLowerCase();
}

function placesOf(blocks: Block[], heading: string): number[] {
  const wanted = nameOf(heading);
  return [...blocks.keys()].filter(
    place => blocks[place].heading && nameOf(blocks[place].text) === wanted,
  );
}

/** Whether anything stands below a heading before the next one of its level, or above it. */
function hasText(blocks: Block[], place: number): boolean {
  const level = blocks[place].heading ?? 0;
  for (const { heading } of blocks.slice(place + 1)) {
    if (!heading) {
      return true;
    }
    if (heading <= level) {
      return false;
    }
  }
  return false;
}

/** As whole words; capitals such as `TBD` count only as capitals, since other words are spelled alike. */
function patternOf(placeholder: string): RegExp {
  const whole = placeholder
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\s+/g, '\\s+');
  const isWord = (letter: string) => /[\p{L}\p{N}]/u.test(letter);
  const before = isWord(placeholder[0]) ? '(?<![\\p{L}\\p{N}])' : '';
  const after = isWord(placeholder.slice(-1)) ? '(?![\\p{L}\\p{N}])' : '';
  const isCapitals = placeholder === placeholder.toUpperCase();
  return new RegExp(`${before}${whole}${after}`, isCapitals ? 'u' : 'iu');
}
