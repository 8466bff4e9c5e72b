// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { errorMessage } from '../components/errors';
import { useWords } from '../translation/useWords';
import { browser, isWebAddress } from './browser';
import { useAuthorize } from './queries';

/** Sends the person to Atlassian to grant access; what cannot be opened is said. */
export function useGrant() {
  const t = useWords();
  const { mutate, isPending, isSuccess, error, data } = useAuthorize();
  const unusable = data && !isWebAddress(data.authorizeUrl);
  const failed = () => {
    if (error) {
      return errorMessage(error);
    }
    return unusable ? t('connect.credentials.badAddress') : undefined;
  };
  return {
    start: (id: string) =>
      mutate(id, {
        onSuccess: ({ authorizeUrl }) => {
          if (isWebAddress(authorizeUrl)) {
            browser.assign(authorizeUrl);
          }
        },
      }),
    /** Also while the browser is on its way. */
    isPending: isPending || (isSuccess && !unusable),
    failed: failed(),
  };
}

/** The state of an address whose page shall go on to Atlassian. */
export const toAtlassian = { grant: true };

/** Goes on to Atlassian where the page was opened for that; only once, so that Back stays here. */
export function useGrantOnArrival(
  id: string | undefined,
  start: (id: string) => void,
): void {
  const { search, state } = useLocation();
  const navigate = useNavigate();
  const begun = useRef(false);
  const arrived = state?.grant === true;
  useEffect(() => {
    if (arrived && id !== undefined && !begun.current) {
      begun.current = true;
      navigate({ search }, { replace: true, state: null });
      start(id);
    }
  }, [arrived, id, search, navigate, start]);
}
