import { type PermissionClass, SEVERITIES, type Severity } from '../../model/index.js'
import { type Html, html } from '../html-text.js'

/** A severity in its colour. A class name is looked up, never made of data. */
export const severityBadge = (severity: Severity): Html => html`<span class="badge ${severityClass(severity)}">${severity}</span>`

export const severityClass = (severity: Severity): string => (SEVERITIES.includes(severity) ? `sev-${severity}` : 'sev-other')

/** What each class of permission means, in the order in which they ask for attention. */
export const PERMISSION_CLASSES: ReadonlyMap<PermissionClass, { readonly css: string; readonly meaning: string }> = new Map([
  [
    'EXERCISED-BY-ATTACK',
    { css: 'p-attack', meaning: 'Used only by hostile events, never by honest ones. Never learned into a policy.' },
  ],
  ['MISSING', { css: 'p-missing', meaning: 'Called by honest events, but not granted.' }],
  ['REMOVABLE', { css: 'p-removable', meaning: 'Granted, and nothing that can be seen of the function calls it.' }],
  ['EXERCISED-NARROWER', { css: 'p-narrower', meaning: 'Used, but on less than is granted.' }],
  ['REACHED-NOT-CALLED', { css: 'p-reached', meaning: 'The code that could call it was reached and did not call it.' }],
  ['UNREACHED', { css: 'p-unreached', meaning: 'The code that calls it was not reached in this run.' }],
  ['MAY-NEED', { css: 'p-may', meaning: 'No call was seen, but the function may need it.' }],
  ['UNKNOWN', { css: 'p-unknown', meaning: 'Cannot be decided from what could be seen.' }],
])

/** A class of permission in its colour. */
export const permissionBadge = (name: PermissionClass): Html => html`<span class="badge ${permissionCss(name)}">${name}</span>`

export const permissionCss = (name: PermissionClass): string => PERMISSION_CLASSES.get(name)?.css ?? 'p-unknown'
