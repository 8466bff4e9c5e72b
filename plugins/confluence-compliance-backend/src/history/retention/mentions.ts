// SPDX-License-Identifier: Apache-2.0
import { Profile } from '../types';

/** Says whether something names somebody: a text, or any text in a value of JSON. */
export type Mentions = (value: unknown) => boolean;

/**
 * Finds the names and emails of profiles, as whole words. A name of one word can be any word: its
 * letters must be written alike, and it counts only where somebody has written more than one word.
 */
export function mentionsOf(profiles: Profile[]): Mentions {
  const names = profiles.flatMap(({ name, publicName, email }) =>
    [name, publicName, email].flatMap(known => known?.trim() || []),
  );
  const tests = names.map(name => {
    const whole = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const isPlain = !/[\s@]/.test(name);
    const pattern = new RegExp(
      `(?<![\\p{L}\\p{N}])${whole}(?![\\p{L}\\p{N}])`,
      isPlain ? 'u' : 'iu',
    );
    return (text: string) =>
      (!isPlain || /\s/.test(text.trim())) && pattern.test(text);
  });
  const mentions: Mentions = value => {
    if (typeof value === 'string') {
      return tests.some(test => test(value));
    }
    return (
      typeof value === 'object' &&
      value !== null &&
      Object.values(value).some(mentions)
    );
  };
  return mentions;
}
