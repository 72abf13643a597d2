import type { Report } from '../../model/index.js'
import { type Html, html } from '../html-text.js'
import { DOUBTS, PROOFS } from './finding.js'

/** How the result came about and what it cannot say. Short and honest: an auditor signs under it. */
export const methodSection = ({ run }: Report): Html => html`<section id="method"><h2>Method and limits</h2>
<h3>How it was done</h3>
<ol>
<li>Each function first got valid events of its triggers. One that fails them is reported as not drivable, never as vulnerable.</li>
<li>Then it got boundary and hostile events. <em>Delivered</em> events are made from what an attacker can really send (an HTTP request, an object key, a message) and are mapped as the AWS service maps them.</li>
<li>${run.live === undefined ? html`The function ran in a sandbox of level <strong>${run.sandbox.level}</strong>. Calls to AWS were answered by a stub and recorded; processes, code, files and connections were watched where they start.` : html`The function really ran where it is deployed, with its own role, data and neighbours. Only its answers, the end of its log and the time it took were seen.`}</li>
<li>A marker that only shows up in an argument proves nothing: attacker data has to leave its token (a shell word, an SQL literal, a path below its base).</li>
<li>Each finding was confirmed in a fresh process and its event made smaller while it still reproduced. One finding is one root cause.</li>
</ol>
<h3>Proofs</h3>
<dl class="facts">${[...PROOFS].map(([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>`)}</dl>
<p>Confirmed findings have their full proof.</p><dl class="facts">${[...DOUBTS].map(([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>`)}</dl>
<h3>What this report does not say</h3>
<ul>
<li>Fuzzing shows the presence of bugs, not their absence. Code that was not reached was not tested.</li>
<li>Answers of AWS services and of other hosts were synthetic unless fixtures were given. What depends on real data, other services or timing may behave differently.</li>
<li>A permission is called removable by what was seen of this code in this run. Rare jobs and other versions of the code may need it.</li>
<li>Events of this report come from hostile payloads. They are shown with everything unseen escaped as <code>\\u{hex}</code>; the exact text is in the case files of the run.</li>
</ul></section>`
