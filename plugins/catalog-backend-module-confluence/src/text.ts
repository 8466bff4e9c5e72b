// SPDX-License-Identifier: Apache-2.0

/** The catalog does not index longer values. */
const maxLength = 200;

/** Control characters, line separators and halves of surrogate pairs. */
const breaking = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/** Invisible characters that turn text round or make two names look the same. */
const invisible =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu;

/** One line of visible text of at most 200 characters; the fallback where nothing is left. */
export function cleanText(text: string, fallback: string): string {
  const clean = text
    .replace(invisible, '')
    .replace(breaking, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (clean.length <= maxLength) {
    return clean || fallback;
  }
  const cut = clean.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, '');
  return `${cut.trimEnd()}…`;
}
