import { expect } from 'chai'
import { leavesHtmlContext } from '#src/oracles/lexers/html.js'
import { type Matrix, matrix, size } from './matrix.js'

/** By hand, from the tokenisation of the HTML standard; what stands in scripts and handlers is JavaScript. */
const HTML: Matrix = {
  contexts: [
    '<p>·</p>',
    '<p title="·">x</p>',
    "<p title='·'>x</p>",
    '<p title=·>x</p>',
    '<a href="·">x</a>',
    '<title>·</title>',
    '<textarea>·</textarea>',
    '<!-- · -->',
    '<script>var a = "·"</script>',
    '<p onclick="f(\'·\')">x</p>',
    '<style>/* · */</style>',
    '<script type="application/json">{"a":"·"}</script>',
  ],
  rows: [
    ['x', 'dddddddddddd'],
    ['x y', 'dddLdddddddd'],
    ['<b>', 'LddLdddddddd'],
    ['</p>', 'LddLdddddddd'],
    ['"', 'dLddLdddLLdd'],
    ["'", 'ddLddddddLdd'],
    ['&#39;', 'dddddddddLdd'],
    ['&lt;b&gt;', 'dddddddddddd'],
    ['</script>', 'LddLddddLddL'],
    ['</style>', 'LddLddddddLd'],
    ['</title>', 'LddLdLdddddd'],
    ['</textarea>', 'LddLddLddddd'],
    ['-->', 'dddLdddLdddd'],
    ['javascript:x', 'dddddddddddd'],
    ['\\', 'dddddddddddd'],
    ["\\'", 'ddLddddddddd'],
    ['\\"', 'dLddLddddLdd'],
    ['<!--', 'Lddddddddddd'],
    ['\n', 'dddLddddLLdd'],
    ['<', 'Lddddddddddd'],
    ['< ', 'dddLdddddddd'],
    ['<?', 'Lddddddddddd'],
    ['>', 'dddLdddddddd'],
    ['=', 'dddddddddddd'],
    ['`', 'dddddddddddd'],
    ['${x}', 'dddddddddddd'],
    ['*/', 'dddddddddddd'],
    ['<svg/onload=x>', 'LddLdddddddd'],
    ['</SCRIPT x', 'LddLddddLddL'],
    ['</scriptx', 'Lddddddddddd'],
  ],
}

describe('the table of HTML documents', () => {
  it('is large', () => expect(size(HTML)).to.be.at.least(150))
  matrix(HTML, leavesHtmlContext)
})
