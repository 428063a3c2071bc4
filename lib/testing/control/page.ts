import type { ControlReply } from '../../net/control-options.ts';
import { script } from './page-script.ts';
import { style } from './page-style.ts';

/** What the page may do: run this script, use this style and ask its own server; a test holds the hashes right. */
export const PAGE_POLICY: string = [
  "default-src 'none'",
  "script-src 'sha256-z7GOn1fS81OFPyDJt5P+fT5axb9Oy2gjTBQJg/BnbRA='",
  "style-src 'sha256-qANGMU2t8bqB3BV9eMSF9r7jQhE/Qyx1FWPCyK3nlaM='",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>zonewright serve</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#rows">Skip to the queries</a>
<header>
<h1>zonewright <span>serve</span></h1>
<span id="where"></span>
<span id="connection" role="status">connecting</span>
</header>
<noscript><p>This page follows the server with a script, which this browser does not run.</p></noscript>
<p id="trouble" role="alert" hidden></p>
<div id="columns">
<main>
<form id="filter" role="search" aria-label="Filter queries">
<label>Filter <input type="search" id="text" autocomplete="off" spellcheck="false" placeholder="name, type, rcode, client, fault …"></label>
<button type="button" id="pause" aria-pressed="false">Pause</button>
<button type="button" id="clear">Clear</button>
<button type="button" id="reset" title="Zones as loaded, faults at their start, no queries">Reset the server</button>
</form>
<div id="rcodes" role="group" aria-label="Queries by response code"></div>
<output id="found" for="text">No query yet.</output>
<div class="scroll">
<table aria-label="Queries, the newest first">
<thead><tr><th scope="col">#</th><th scope="col" class="time">Time (UTC)</th><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Sent</th><th scope="col" class="outcome">Zone says</th><th scope="col" class="client">Client</th><th scope="col" class="count">Size</th><th scope="col" class="count">ms</th></tr></thead>
<tbody id="rows" tabindex="-1"></tbody>
</table>
</div>
</main>
<aside>
<section aria-labelledby="faults-title"><h2 id="faults-title">Faults <span id="fault-count"></span></h2><ul id="faults"></ul></section>
<section aria-labelledby="zones-title"><h2 id="zones-title">Zones <span id="zone-count"></span></h2><ul id="zones"></ul></section>
<section aria-label="Keys"><kbd>/</kbd> filter <kbd>p</kbd> pause <kbd>c</kbd> clear</section>
</aside>
</div>
<dialog id="detail" aria-label="One query"></dialog>
<dialog id="access" aria-labelledby="access-title">
<h2 id="access-title">The server wants its token</h2>
<p>It told the token when it started, together with the address of this page.</p>
<form method="dialog"><input type="password" id="token" aria-label="Token" autocomplete="off" required><button>Use it</button></form>
</dialog>
<script>${script}</script>
</body>
</html>
`;

/** The page that shows what happens at the server. */
export function controlPage(): ControlReply {
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PAGE_POLICY },
    body: PAGE,
  };
}
