import type { StepTrouble, Timeouts } from './patience.ts';
import type { EhloKeyword, SmtpReply } from './smtp-replies.ts';
import type { ClientCertificate, TlsFacts } from './tls-socket.ts';

/** How TLS is begun: by the command STARTTLS, from the first octet (RFC 8314 §3.3), or whichever the server does. */
export type ProbeMode = 'starttls' | 'implicit' | 'auto';

/** What to look at, and how long. */
export interface ProbeQuestion {
  /** Name of the host; for addresses alone, an address. */
  readonly host: string;
  /** Addresses of the host, tried in this order until one takes the connection. */
  readonly addresses: readonly string[];
  readonly port: number;
  readonly mode: ProbeMode;
  /** Server name to send; the host when undefined. */
  readonly sni?: string;
  /** Further names to send, each in a connection of its own, to see whether they bring other certificates. */
  readonly otherNames: readonly string[];
  /** Name that EHLO gives. */
  readonly ehlo: string;
  readonly timeouts: Timeouts;
  readonly client?: ClientCertificate;
}

/** What probing takes from the world. */
export interface ProbeWorld {
  /** Milliseconds since some moment. */
  ticks(): number;
  /** That many octets that nobody can foretell. */
  random(octets: number): Uint8Array;
  /** Hears what is being done. */
  told?(step: ProbeStep): void;
}

/** A step of looking at a host, in the order they are done. */
export type ProbeStep =
  | 'connect'
  | 'banner'
  | 'ehlo'
  | 'starttls'
  | 'handshake'
  | 'banner-in-tls'
  | 'ehlo-in-tls'
  | 'starttls-in-tls'
  | 'clear-text'
  | 'versions'
  | 'names';

/** The step that could not be done. */
export interface ProbeFailure {
  readonly step: ProbeStep;
  readonly trouble: StepTrouble;
  readonly detail: string;
}

/** One address that was tried. */
export interface ConnectAttempt {
  readonly address: string;
  readonly outcome: 'connected' | 'refused' | 'timeout' | 'unreachable';
  readonly milliseconds: number;
  readonly detail: string;
}

/** What was said before TLS, or without it. */
export interface ClearFacts {
  readonly banner?: SmtpReply;
  readonly ehlo?: SmtpReply;
  readonly keywords: readonly EhloKeyword[];
  readonly starttls?: SmtpReply;
}

/** What was said inside TLS. */
export interface SecureFacts {
  readonly banner?: SmtpReply;
  readonly ehlo?: SmtpReply;
  readonly keywords: readonly EhloKeyword[];
  /** Reply to STARTTLS inside Implicit TLS. */
  readonly starttls?: SmtpReply;
}

/** Whether a server takes a version of TLS, or suites that nobody should take; unknown when it did not answer. */
export interface Acceptance {
  readonly what: string;
  readonly outcome: 'accepted' | 'refused' | 'unknown';
  /** The alert, the suite chosen, or why nothing is known. */
  readonly detail: string;
}

/** What a server did when another server name, or none (null), was sent. */
export interface NameOutcome {
  readonly sni: string | null;
  readonly outcome: 'same' | 'other' | 'failed';
  readonly detail: string;
  /** The certificate that came when it is another one, in DER. */
  readonly certificate?: Uint8Array;
}

/** What is known of a server's wish for client certificates; null for what could not be learned. */
export interface CertificateRequest {
  readonly asked: boolean | null;
  /** Names of the CAs that it takes, as RFC 4514 text; empty for any. */
  readonly authorities: readonly string[] | null;
}

/** Everything seen of one host at one port. */
export interface ProbeResult {
  readonly host: string;
  readonly port: number;
  readonly mode: ProbeMode;
  readonly attempts: readonly ConnectAttempt[];
  /** Address that took the connection. */
  readonly address?: string;
  /** How the host speaks there: TLS from the first octet, clear text first, or nothing that was understood. */
  readonly speaks: 'tls' | 'clear' | 'nothing';
  readonly clear: ClearFacts;
  readonly tls?: TlsFacts;
  readonly secure: SecureFacts;
  /** Leaf first, each in DER. */
  readonly certificates: readonly Uint8Array[];
  /** `certificates` is what the server sends, in its order; without, as issuers link them. */
  readonly asSent: boolean;
  readonly request: CertificateRequest;
  readonly versions: readonly Acceptance[];
  readonly brokenSuites?: Acceptance;
  readonly names: readonly NameOutcome[];
  /** Reply to QUIT. */
  readonly quit?: SmtpReply;
  readonly failure?: ProbeFailure;
  readonly milliseconds: number;
}
