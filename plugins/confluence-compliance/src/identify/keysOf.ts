// SPDX-License-Identifier: Apache-2.0
import type { KeyboardEvent } from 'react';
import { keyHandler } from '../components/keyHandler';

/** What keys do; undefined where one has nothing to do at the moment. */
export interface KeyActions {
  move: (by: number) => void;
  extend: (by: 1 | -1) => void;
  /** Index of a suggestion. */
  choose: (place: number) => (() => void) | undefined;
  confirm?: () => void;
  confirmExact?: () => void;
  nobody?: () => void;
  classify?: () => void;
  skip?: () => void;
  undo?: () => void;
  pick: () => void;
  select?: () => void;
  selectAll?: () => void;
  clear?: () => void;
  help: () => void;
}

function letter(key: string, actions: KeyActions): (() => void) | undefined {
  switch (key.toLowerCase()) {
    case 'j':
      return () => actions.move(1);
    case 'k':
      return () => actions.move(-1);
    case 'y':
      return actions.confirm;
    case 'e':
      return actions.confirmExact;
    case 'b':
      return actions.nobody;
    case 's':
    case 'c':
      return actions.classify;
    case 'n':
      return actions.skip;
    case 'u':
      return actions.undo;
    case 'p':
      return actions.pick;
    case 'x':
      return actions.select;
    case 'a':
      return actions.selectAll;
    default:
      return /^[1-9]$/.test(key) ? actions.choose(Number(key) - 1) : undefined;
  }
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
      return () => (shiftKey ? actions.extend(by) : actions.move(by));
    }
    case 'Home':
      return () => actions.move(-Infinity);
    case 'End':
      return () => actions.move(Infinity);
    // What has the focus is pressed.
    case 'Enter':
      return onControl ? undefined : actions.confirm;
    case ' ':
      return onControl ? undefined : actions.select;
    case 'Escape':
      return actions.clear;
    case '?':
      return actions.help;
    default:
      return areLettersOn ? letter(key, actions) : undefined;
  }
}

/** Keys of the queue: they act while the focus is inside, and never in a field. */
export function keysOf(actions: KeyActions, areLettersOn: boolean) {
  return keyHandler(
    // A dialog is a part of the page, but not inside.
    (target, { currentTarget }) => currentTarget.contains(target),
    (event, onControl) => actionOf(event, actions, onControl, areLettersOn),
  );
}
