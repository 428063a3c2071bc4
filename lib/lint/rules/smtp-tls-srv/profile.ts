/** Label of the service in `_smtp-tls._tcp.example.net` (draft-nurpmeso §2). */
export const SERVICE = '_smtp-tls';

/** Label of the transport, given by the draft's examples only. */
export const PROTOCOL = '_tcp';

/** Port of STARTTLS (draft-nurpmeso §2). */
export const STARTTLS_PORT = 25;

/** Port the draft asks for Implicit TLS; not assigned yet. */
export const IMPLICIT_PORT = 842;

/** Ports of mail submission (RFC 8314 §3.3, RFC 6409 §3.1). */
export const SUBMISSION_PORTS: readonly number[] = [465, 587];
