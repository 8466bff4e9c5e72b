// SPDX-License-Identifier: Apache-2.0

const MAX = 200;

/** Letters that no decomposition turns into plain ones. */
const PLAIN: Record<string, string> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  æ: 'ae',
  œ: 'oe',
};

/** The words of a name without case, accents, punctuation and order. */
export function nameWords(name: string): string[] {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßøłđæœ]/g, letter => PLAIN[letter])
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .sort();
}

/** A name as it is compared: `Weber, Jonas` and `Jonas Wéber` are one. Undefined without a word. */
export function nameKey(name: string): string | undefined {
  return nameWords(name).join(' ').slice(0, MAX) || undefined;
}
