// SPDX-License-Identifier: Apache-2.0
import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';
import { HumanDuration } from '@backstage/types';

export interface Config {
  confluenceCompliance?: {
    /** What of Confluence stands in the catalog, and how. */
    catalog?: {
      /**
       * Entity ref of the owner where nothing better is known, such as `group:default/security`.
       * The catalog module does not start without it.
       */
      owner?: string;
      /** Namespace of all entities from Confluence; not `default`. Default: `confluence`. */
      namespace?: string;
      /**
       * What accounts become: people as `User`, all of them as `Resource`, or nothing.
       * Default: `user`.
       */
      accounts?: 'user' | 'resource' | 'none';
      pages?: {
        /** Pages with one of these labels, if everybody on the site may read them. Default: none. */
        labels?: string[];
        /**
         * All current pages, whatever their labels and read restrictions: everybody who reads the
         * catalog then sees their titles. Default: false.
         */
        all?: boolean;
      };
      groups?: {
        /** Names of groups, `*` stands for anything, case does not matter. Default: all. */
        include?: string[];
        /** Names of groups to leave out; wins over `include`. */
        exclude?: string[];
      };
      spaces?: {
        /** Keys of spaces, `*` stands for anything, case does not matter. Default: all. */
        include?: string[];
        /** Keys of spaces to leave out, with their pages; wins over `include`. */
        exclude?: string[];
      };
      /** Personal spaces too, with their pages. Default: false. */
      personalSpaces?: boolean;
      /** No further entity of a kind is made above these. */
      ceilings?: {
        /** Default: 5000. */
        users?: number;
        /** Default: 2000. */
        groups?: number;
        /** Default: 2000. */
        spaces?: number;
        /** Default: 2000. */
        pages?: number;
      };
      /** How often changes are read. Default: every 30 seconds, with a timeout of 3 minutes. */
      schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
      /** How often the catalog is compared with everything that is known. Default: 24 hours. */
      reconcile?: HumanDuration | string;
    };
  };
}
