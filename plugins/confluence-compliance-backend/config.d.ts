// SPDX-License-Identifier: Apache-2.0
import type { HumanDuration } from '@backstage/types';

export interface Config {
  /** Confluence Compliance: who can do what in Confluence, and what its policy documents say. */
  confluenceCompliance?: {
    /** Addresses of Atlassian itself; only for government cloud or a sandbox. */
    atlassian?: {
      /** Where access tokens are fetched. Default `https://auth.atlassian.com`. */
      authUrl?: string;
      /** The API gateway. Default `https://api.atlassian.com`. */
      apiUrl?: string;
    };

    /**
     * Host names that a connection may point to, without port; `*.` stands for any sub-domain.
     * `http` is possible for loopback hosts named here, and for nothing else.
     * Default `['*.atlassian.net']`.
     */
    allowedSites?: string[];

    /** Seals the credentials of connections that are made in the portal, and OAuth grants. */
    secrets?: {
      /** The first one seals, all of them open: to rotate, put a new one in front. */
      keys?: Array<{
        id: string;
        /**
         * 32 bytes in base64, as of `openssl rand -base64 32`.
         * @visibility secret
         */
        secret: string;
      }>;
    };

    /** The app of Atlassian's developer console with which people grant access (3LO). */
    oauth?: {
      clientId: string;
      /** @visibility secret */
      clientSecret: string;
      /**
       * Where Atlassian sends people back to; the app must name the same. Default
       * `/confluence-compliance/connections/authorized` below `app.baseUrl`.
       */
      callbackUrl?: string;
    };

    /**
     * Services that may use the API of this plugin. A service that is not named is refused.
     * The catalog module needs `plugin:catalog` with `confluence-compliance.changes.read`.
     */
    services?: Array<{
      /** A service principal, such as `plugin:catalog`. */
      subject: string;
      /** Names of the permissions it has. */
      permissions: string[];
    }>;

    /**
     * Lets everybody who is signed in write when Backstage's permission framework is off.
     * Default `false`: without `permission.enabled` every write answers 403.
     */
    allowWithoutPermissions?: boolean;

    /** The Confluence sites that are read. */
    connections?: Array<{
      /** Stable id: lowercase letters, digits and dashes, at most 63. */
      id: string;
      /** Name in the portal and the catalog. Default the id. */
      title?: string;
      /** Address of the site, such as `https://acme.atlassian.net`; a bare domain is accepted. */
      site: string;
      /** Entity ref of who answers for this connection. */
      owner?: string;
      /** What it is used for, which decides what must be read completely. Default both. */
      purposes?: Array<'access-review' | 'policy'>;
      /**
       * Name of the group that holds the licensed population of the site: a filter on what counts,
       * not on what is read. Default everybody.
       */
      userGroup?: string;
      /** Its Atlassian organization, for what only an administrator's key can read. */
      organization?: {
        id: string;
        /**
         * API key of the organization.
         * @visibility secret
         */
        apiKey: string;
        /** Last day of the key, such as `2027-06-30`: people are told before. */
        expiresAt?: string;
      };
      /** How it proves itself, each method once; several share the purposes between them. */
      auth: Array<
        | {
            /** An administrator's API token without scopes. */
            method: 'api-token';
            /** The purposes this method serves. Default all of the connection. */
            purposes?: Array<'access-review' | 'policy'>;
            /** Email of the account that the token belongs to. */
            email: string;
            /**
             * The token.
             * @visibility secret
             */
            token: string;
            /** Last day of the token: people are told before. */
            expiresAt?: string;
          }
        | {
            /** An API token with scopes, which works through Atlassian's gateway. */
            method: 'scoped-api-token';
            /** The purposes this method serves. Default all of the connection. */
            purposes?: Array<'access-review' | 'policy'>;
            /** Email of the account that the token belongs to. */
            email: string;
            /**
             * The token.
             * @visibility secret
             */
            token: string;
            /** Cloud id of the site. Looked up when absent. */
            cloudId?: string;
            /** Last day of the token: people are told before. */
            expiresAt?: string;
          }
        | {
            /** A person grants access in the portal; needs `oauth` and `secrets`. */
            method: 'oauth';
            /** The purposes this method serves. Default all of the connection. */
            purposes?: Array<'access-review' | 'policy'>;
            /** Cloud id of the site. Looked up when absent. */
            cloudId?: string;
          }
        | {
            /** A service account with OAuth 2.0 client credentials. */
            method: 'service-account';
            /** The purposes this method serves. Default all of the connection. */
            purposes?: Array<'access-review' | 'policy'>;
            /** Id of its OAuth client. */
            clientId: string;
            /**
             * Secret of its OAuth client.
             * @visibility secret
             */
            clientSecret: string;
            /** Cloud id of the site. Looked up when absent. */
            cloudId?: string;
            /** Last day of the credential: people are told before. */
            expiresAt?: string;
          }
      >;
      /** How often each dataset is read. */
      cadence?: {
        /** Default 6 hours. */
        accounts?: HumanDuration | string;
        /** Default 6 hours. */
        groups?: HumanDuration | string;
        /** Default 6 hours. */
        memberships?: HumanDuration | string;
        /** Default 6 hours. */
        spaces?: HumanDuration | string;
        /** Who may do what in each space. Default 6 hours. */
        grants?: HumanDuration | string;
        /** Default 1 hour. */
        labels?: HumanDuration | string;
        /** What changed since the last read. Default 1 hour. */
        pages?: HumanDuration | string;
        /** Every page, which alone shows what was purged. Default 7 days. */
        pagesFull?: HumanDuration | string;
        /** Everybody of the organization, with its key. Default 1 day. */
        directory?: HumanDuration | string;
      };
    }>;

    /** What becomes of it in the catalog; the catalog module describes the other keys. */
    catalog?: {
      /** Namespace of the entities. Default `confluence`. */
      namespace?: string;
      /** What accounts of persons become. Default `user`. */
      accounts?: 'user' | 'resource' | 'none';
      /** Which pages become entities. */
      pages?: {
        /** Pages with one of these labels. Default none. */
        labels?: string[];
        /** Every page. Default `false`. */
        all?: boolean;
      };
    };

    /** Personnel sources: who exists, and employed from when to when. Default the catalog. */
    people?: Array<
      | {
          /** `User` entities of the catalog. */
          source: 'catalog';
          /** Filter of the catalog API. Default `{ metadata.namespace: default }`. */
          filter?: { [field: string]: string | string[] };
        }
      | {
          /** A CSV or JSON file, which adds to what the catalog says. */
          source: 'file';
          /** Stable id: lowercase letters, digits and dashes, at most 63. */
          id: string;
          /** A file on the disk of the backend; or else `url`. */
          path?: string;
          /** An https URL that the URL reader may read; or else `path`. */
          url?: string;
          /** Default by the end of its name, else `csv`. */
          format?: 'csv' | 'json';
          /** Its fields that say nothing of a person; any other unknown one is refused. Default none. */
          ignore?: string[];
          /** A larger file is refused. Default 20 MB. */
          maxBytes?: number;
        }
    >;

    /** When work is done. */
    schedule?: {
      /** How often due work is looked for. Default 30 seconds. */
      every?: HumanDuration | string;
      /** How long one slice of a sync works. Default 2 minutes. */
      slice?: HumanDuration | string;
      /** When a slice is aborted. Default 3 minutes. */
      timeout?: HumanDuration | string;
      /**
       * How often the checks run, besides after each publish; `checks.<check id>.schedule` says it of
       * one. Default 6 hours.
       */
      checks?: HumanDuration | string;
      /** How often personnel sources are read. Default 1 hour. */
      people?: HumanDuration | string;
    };

    /**
     * Sites and spaces whose access must be reviewed. The site of a connection with the purpose
     * `access-review` is one without being named.
     */
    criticalSystems?: Array<{
      /** The site of this connection; or else `space`. */
      site?: string;
      /** A space as `<connection>/<KEY>`; or else `site`. */
      space?: string;
      /** Entity ref of who answers for it. Default the owner of the connection. */
      owner?: string;
      /** How often its access is reviewed, as an ISO 8601 duration. Default `P6M`. */
      reviewEvery?: string;
      /**
       * Who may have access: everybody who is employed, the members of Confluence groups by name,
       * or, with `reviewed`, only whom an access review keeps. Default `all-staff`.
       */
      access?: 'all-staff' | 'reviewed' | { groups: string[] };
    }>;

    /** How access is reviewed. */
    reviews?: {
      /**
       * What reviews that recur are made of. Nobody can change these in the portal; they outweigh a
       * template of the portal with the same id.
       */
      templates?: Array<{
        /** Stable id: lowercase letters, digits and dashes, at most 63. */
        id: string;
        /** Title of its reviews; the period is added to it. */
        title: string;
        /** What they cover; at most one of `group`, `space` and `system`. */
        scope: {
          /** Id of a connection with the purpose `access-review`. */
          connection: string;
          /** Id of a group. */
          group?: string;
          /** Id of a space. */
          space?: string;
          /** Ref of a critical system, as in `/critical-systems`. */
          system?: string;
          /** Only what administers something. */
          admins?: boolean;
          /** Only guests. */
          guests?: boolean;
          /** Only what is not known to be unchanged since it was last reviewed. */
          changed?: boolean;
        };
        /** User entity ref of who answers for each review, is told of it, and signs it off. */
        owner: string;
        /** User entity ref of who decides; without it the fallback reviewer does. */
        reviewer?: string;
        /** Rules in the order they are tried. Default `named` where there is a reviewer. */
        reviewers?: Array<'manager' | 'space-owner' | 'group-owner' | 'named'>;
        /** Who owns groups and spaces, for the rules that ask. */
        owners?: Array<{
          kind: 'group' | 'space';
          id: string;
          /** User entity ref. */
          owner: string;
        }>;
        /** User entity ref of who decides what nobody else can. */
        fallbackReviewer: string;
        /** What becomes of items that are undecided when it is due. Default `keep-open`. */
        overdueRule?: 'keep-open' | 'defer' | 'revoke';
        /**
         * Once in each so many months of the calendar (1 to 36), counted from January; or, with `system`, in
         * time for when the critical system of the scope is due.
         */
        cadence: 'system' | { months: number };
        /** Days until it is due, 1 to 365. Default 30. */
        dueInDays?: number;
        /** Whether it is started at once, or is a draft that its owner starts. Default `draft`. */
        makes?: 'draft' | 'started';
      }>;
      /** Removing what was revoked through the API of Confluence; reading never needs it. */
      removal?: {
        /** Default `false`: nothing is ever changed at Confluence. */
        enabled?: boolean;
        /**
         * One for each connection at which something may be removed, used for nothing else. Its account
         * must be a site administrator, and administer the spaces; docs/connecting.md names the scopes.
         */
        credentials?: Array<
          | {
              /** Id of the connection. */
              connection: string;
              method: 'service-account';
              /** Id of its OAuth client. */
              clientId: string;
              /**
               * Secret of its OAuth client.
               * @visibility secret
               */
              clientSecret: string;
              /** Cloud id of the site. Looked up when absent. */
              cloudId?: string;
            }
          | {
              /** Id of the connection. */
              connection: string;
              method: 'api-token';
              /** Email of the account that the token belongs to. */
              email: string;
              /**
               * The token.
               * @visibility secret
               */
              token: string;
            }
          | {
              /** Id of the connection. */
              connection: string;
              method: 'scoped-api-token';
              /** Email of the account that the token belongs to. */
              email: string;
              /**
               * The token.
               * @visibility secret
               */
              token: string;
              /** Cloud id of the site. Looked up when absent. */
              cloudId?: string;
            }
        >;
      };
    };

    /** The policies that an organization must have. */
    policies?: {
      /**
       * The frameworks whose controls are shown with the checks, and whose documents are asked for.
       * Default `[soc2, iso27001]`: those of the others were not read against the text of the standard
       * yet.
       */
      frameworks?: Array<
        | 'soc2'
        | 'iso27001'
        | 'nist80053'
        | 'csf2'
        | 'hipaa'
        | 'pci-dss'
        | 'cis-v8'
      >;
      /** Documents that must be there: one current page each. Default none. */
      required?: Array<{
        /** Stable id: lowercase letters, digits and dashes, at most 63. */
        id: string;
        title: string;
        /** How its page is found: by `id`, by `label`, or by `space` and `title`. */
        page: {
          /** Id of a connection with the purpose `policy`. */
          connection: string;
          id?: string | number;
          /** Pages of this label are read whole on every run. */
          label?: string;
          /** Key of the space. */
          space?: string;
          title?: string;
        };
        /** Headings that it must have, with something below; more than those of `structure`. */
        headings?: string[];
        /**
         * Ids of the documents of frameworks that it is, such as `access-control`, besides the one that
         * has its id: the portal lists those that no policy is.
         */
        fulfils?: string[];
        /**
         * Groups of the catalog whom it concerns, such as `group:default/staff`: everybody in them,
         * also through groups within, is to acknowledge its approved version. Default nobody.
         */
        acknowledgedBy?: string[];
        /**
         * How long ago its last review may be, as an ISO 8601 duration such as `P6M`, at most 100
         * years. Default the parameter `months` of `policy.reviewed-on-time`: twelve.
         */
        reviewEvery?: string;
      }>;
      /** Ids of documents of frameworks that it does without, or keeps elsewhere. Default none. */
      documentsNotNeeded?: string[];
      /** What is looked for in the text of each policy. */
      structure?: {
        /** Headings that every policy must have. Default none. */
        headings?: string[];
        /**
         * Words that nobody has replaced. Those in capitals count as capitals only. Default `TBD`,
         * `TODO`, `XXX`, `lorem ipsum`, `<insert`, `[insert`, … .
         */
        placeholders?: string[];
      };
    };

    /** How long what is kept is kept; ISO 8601 durations. */
    retention?: {
      /** How far back one can ask what was known. Default `P25M`. */
      history?: string;
      /**
       * Names and emails of accounts and people that no source has any more; those of closed accounts
       * go at once. Default `P90D`.
       */
      profilesAfterGone?: string;
      /** What entries of the ledger say; that they were made stays, and verifies. Default `P7Y`. */
      evidence?: string;
    };

    /** How findings may be excepted. */
    exceptions?: {
      /** How many days an exception may last. Default 180. */
      maxDays?: number;
    };
    /** Who is told how findings stand. */
    findings?: {
      /** A notification to a team. Default none. */
      digest?: {
        /** Ref of a group or user, such as `group:default/security`. */
        to: string;
        /** How often, in whole days. Default `{ days: 7 }`. */
        every?: string | HumanDuration;
      };
    };

    /** How often single checks run, and their parameters, by check id. */
    checks?: {
      [checkId: string]: {
        /** How often it runs, besides after each publish. Default `schedule.checks`. */
        schedule?: HumanDuration | string;
        [parameter: string]: unknown;
      };
    };
  };
}
