/** A record that a mail spec asks for. */
export interface MailRecord {
  /** Wire form in small letters. */
  readonly owner: Uint8Array;
  readonly type: number;
  readonly rdata: Uint8Array;
  /** JSON pointer (RFC 6901) to what asks for it. */
  readonly path: string;
}

/** Records that belong together, and one line that says what they are for. */
export interface MailSection {
  readonly comment: string;
  readonly records: readonly MailRecord[];
}

/** What a whole zone begins with (RFC 1035 §3.3.13), apart from the serial. */
export interface ZoneBasics {
  readonly primary: Uint8Array;
  readonly hostmaster: Uint8Array;
  readonly refresh: number;
  readonly retry: number;
  readonly expire: number;
  readonly minimum: number;
  readonly nameServers: readonly MailRecord[];
}

/** What a mail spec asks for in one zone. */
export interface MailZone {
  readonly origin: Uint8Array;
  /** Name of the block that holds its records in a zone file: the first domain there. */
  readonly label: string;
  readonly basics: ZoneBasics | undefined;
  readonly sections: readonly MailSection[];
}

/** An MTA-STS policy file (RFC 8461 §3.2). */
export interface MailPolicy {
  readonly domain: string;
  readonly text: string;
}

/** Everything that a mail spec asks for. */
export interface MailPlan {
  /** Seconds that the records live, when the spec says so. */
  readonly ttl: number | undefined;
  readonly zones: readonly MailZone[];
  readonly policies: readonly MailPolicy[];
  /** Certificate files with their roles, for a check of the result. */
  readonly certificates: readonly { readonly file: string; readonly roles: readonly ('server' | 'client')[] }[];
}

/** Something wrong with a mail spec: a JSON pointer to the value, and a sentence behind its name. */
export interface SpecProblem {
  readonly path: string;
  readonly message: string;
  /** A host without addresses, when that is what is wrong. */
  readonly host?: Uint8Array;
}

/** A certificate as a spec needs it. */
export interface SpecCertificate {
  /** The names it stands for, as written in it but in small letters. */
  readonly names: readonly string[];
  /** Data of a TLSA record (RFC 6698 §2.1), or why there is none. */
  association(usage: number, selector: number, matching: number): Uint8Array | { readonly problem: string };
}

/** The files that a spec names. */
export interface SpecFiles {
  certificates(path: string): readonly SpecCertificate[] | { readonly problem: string };
  /** The text of a DKIM record, or of a public key in base64. */
  dkim(path: string): string | { readonly problem: string };
}

/** What is known beside the spec. */
export interface SpecSurroundings {
  readonly files: SpecFiles;
  /** The zone that the records are meant for, when that is known. */
  readonly origin?: Uint8Array;
  /** Whether a host in that zone has addresses already. */
  hasAddress?(host: Uint8Array): boolean;
}
