// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';

// One switch for all screens, under the name that it had in reviews.
const STORED = 'confluence-compliance.review-keys';

/** Whether single letters act, as somebody last chose in this browser. */
export function useLetters() {
  const [areOn, setOn] = useState(() => {
    try {
      return window.localStorage.getItem(STORED) !== 'off';
    } catch {
      return true;
    }
  });
  return {
    areOn,
    turn: (on: boolean) => {
      setOn(on);
      try {
        window.localStorage.setItem(STORED, on ? 'on' : 'off');
      } catch {
        // Without storage it holds for as long as the page is open.
      }
    },
  };
}
