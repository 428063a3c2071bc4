import { script } from './script.ts';
import { style } from './style.ts';

/** What the page may do: run this script, use this style, and nothing else; a test holds the hashes right. */
const POLICY = [
  "default-src 'none'",
  "script-src 'sha256-Od3BwnVdKVu7Rgs5zdoecEwa34dosPGpQzhxd/cuUSA='",
  "style-src 'sha256-NNwXb3s/ZqvpUs++35Kist32QU1emVpo2pRYTBJrz6A='",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const BODY = `<body>
<a class="skip" href="#list">Skip to the findings</a>
<header>
<h1>zonewright <span>report</span></h1>
<p id="found"></p>
<p id="checked"></p>
<button type="button" id="theme" title="Change colours (t)"></button>
</header>
<noscript><p class="note">This page draws its findings with a script, which this browser does not run.</p></noscript>
<details id="failures" hidden><summary></summary><ul></ul></details>
<form id="filter" role="search" aria-label="Filter findings">
<div id="severities" role="group" aria-label="Severity"></div>
<label>Text <input type="search" id="text" autocomplete="off" spellcheck="false" placeholder="message, name, file …"></label>
<label>Rule <select id="rule"></select></label>
<label>Zone <select id="zone"></select></label>
<button type="button" id="clear">Clear</button>
</form>
<div id="columns">
<aside aria-label="Counts">
<details id="by-rule" open><summary>By rule</summary><ol></ol></details>
<details id="by-zone" open><summary>By zone</summary><ol></ol></details>
<details id="keys"><summary>Keys</summary><dl>
<dt>j k</dt><dd>next, previous finding</dd>
<dt>/</dt><dd>search</dd>
<dt>x</dt><dd>explain the rule</dd>
<dt>1 2 3</dt><dd>errors, warnings, infos on or off</dd>
<dt>c</dt><dd>clear the filter</dd>
<dt>t</dt><dd>colours</dd>
</dl></details>
</aside>
<main>
<div id="above">
<output id="count" for="text rule zone" aria-live="polite"></output>
<label>Order <select id="order"><option value="">by file</option><option value="severity">worst first</option><option value="rule">by rule</option></select></label>
</div>
<div id="list" tabindex="-1"></div>
</main>
</div>
<dialog id="explanation" aria-labelledby="explained"></dialog>
`;

/** Everything before the first finding. */
export function pageStart(): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>zonewright report</title>
<style>${style}</style>
</head>
${BODY}<script type="application/json" id="findings">[`;
}

/** Everything behind the last finding; `run` is what the page tells of the whole run, as JSON without tags. */
export function pageEnd(run: string): string {
  return `
]</script>
<script type="application/json" id="run">
${run}
</script>
<script>${script}</script>
</body>
</html>
`;
}
