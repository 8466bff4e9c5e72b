// SPDX-License-Identifier: Apache-2.0
import type { KeyboardEvent } from 'react';

const isField = (target: Element) =>
  target.closest(
    'input:not([type="checkbox"]), textarea, select, [role="combobox"], [contenteditable="true"], form',
  ) !== null;

const isControl = (target: Element) =>
  target.closest('button, a, input') !== null;

/**
 * Keys that act while the focus is inside something, and never in a field or with a modifier that
 * belongs to the browser. Nothing else sees a key that acts.
 *
 * @param isInside - whether what has the focus is where the keys act
 * @param actionOf - what a key does, if anything; on a control, keys that press it are its own
 */
export function keyHandler(
  isInside: (target: Element, event: KeyboardEvent) => boolean,
  actionOf: (
    event: KeyboardEvent,
    onControl: boolean,
  ) => (() => void) | undefined,
) {
  return (event: KeyboardEvent) => {
    const { altKey, ctrlKey, metaKey, target } = event;
    if (
      altKey ||
      ctrlKey ||
      metaKey ||
      !(target instanceof Element) ||
      !isInside(target, event) ||
      isField(target)
    ) {
      return;
    }
    const act = actionOf(event, isControl(target));
    if (act) {
      event.preventDefault();
      event.stopPropagation();
      act();
    }
  };
}
