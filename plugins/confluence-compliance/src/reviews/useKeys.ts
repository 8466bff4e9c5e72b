// SPDX-License-Identifier: Apache-2.0
import type { KeyboardEvent } from 'react';
import { keyHandler } from '../components/keyHandler';

/** What keys do; undefined where one has nothing to do at the moment. */
export interface KeyActions {
  move: (by: 1 | -1) => void;
  edge: (to: 'first' | 'last') => void;
  next: () => void;
  select?: () => void;
  extend?: (by: 1 | -1) => void;
  open: () => void;
  keep?: () => void;
  revoke?: () => void;
  defer?: () => void;
  undo?: () => void;
  reassign?: () => void;
  keepSelection?: () => void;
  help: () => void;
}

function actionOf(
  { key, shiftKey }: KeyboardEvent,
  actions: KeyActions,
  onControl: boolean,
  areLettersOn: boolean,
): (() => void) | undefined {
  switch (key) {
    case 'ArrowDown':
    case 'ArrowUp': {
      const by = key === 'ArrowDown' ? 1 : -1;
      return shiftKey && actions.extend
        ? () => actions.extend?.(by)
        : () => actions.move(by);
    }
    case 'Home':
      return () => actions.edge('first');
    case 'End':
      return () => actions.edge('last');
    // What has the focus is pressed.
    case ' ':
      return onControl ? undefined : actions.select;
    case 'Enter':
      return onControl ? undefined : actions.open;
    case '?':
      return actions.help;
    default:
  }
  if (!areLettersOn) {
    return undefined;
  }
  switch (key.toLowerCase()) {
    case 'j':
      return actions.next;
    case 'x':
      return actions.select;
    case 'k':
      return shiftKey ? actions.keepSelection : actions.keep;
    case 'r':
      return actions.revoke;
    case 'd':
      return actions.defer;
    case 'u':
      return actions.undo;
    case 'a':
      return actions.reassign;
    default:
      return undefined;
  }
}

/**
 * Keys of a grid, caught before anything in it sees them. They act only while the focus is in the
 * grid, and never in a field or with a modifier that belongs to the browser.
 */
export function keysOf(actions: KeyActions, areLettersOn: boolean) {
  return keyHandler(
    target => target.closest('[role="grid"]') !== null,
    (event, onControl) => actionOf(event, actions, onControl, areLettersOn),
  );
}
