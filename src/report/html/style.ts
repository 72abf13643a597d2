/** The page's only style sheet: system fonts, light and dark by the reader's own setting, narrow screens, paper. */
export const STYLE = `
:root{--bg:#f6f7f9;--card:#fff;--text:#1a1f29;--dim:#586173;--line:#dde1e8;--code:#f1f3f7;--link:#0b57d0;--crit:#b3122b;--high:#b5450b;--med:#8a5a00;--low:#1b6387;--ok:#1d6f42;--other:#586173;--gap:#6a3fb5;--del:#fdecee;--delt:#8f1024;--delm:#f9c6cd;--ins:#e6f6ec;--inst:#125c33;--insm:#b2e4c4;--on:#fff;--hit:#fff1c2}
@media (prefers-color-scheme:dark){:root{--bg:#0f1218;--card:#171c25;--text:#e5e9f0;--dim:#9aa5b8;--line:#2b3341;--code:#10151d;--link:#8ab4f8;--crit:#ff8593;--high:#ffa066;--med:#f0c14b;--low:#7cc7ee;--ok:#74d39b;--other:#9aa5b8;--gap:#c3a6ff;--del:#3a1820;--delt:#ffb3bd;--delm:#71283a;--ins:#12301f;--inst:#a5e8c0;--insm:#1f6038;--on:#10151d;--hit:#4a3c10}}
*{box-sizing:border-box}
html{scroll-padding-top:3.6rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--text);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;overflow-wrap:anywhere}
.cover,main,footer{max-width:76rem;margin:0 auto;padding:0 1.5rem}
.cover{padding-top:2.5rem;padding-bottom:1.5rem}
.brand{margin:0;font-weight:700;letter-spacing:.01em}.brand span{font-weight:400;color:var(--dim)}
h1{font-size:2.1rem;line-height:1.2;margin:.3rem 0 1.4rem;letter-spacing:-.015em}
h2{font-size:1.4rem;margin:0 0 1rem;letter-spacing:-.01em}
h3{font-size:1.12rem;margin:1.6rem 0 .6rem}h3 small{font-weight:400;color:var(--dim)}
h4{font-size:.8rem;margin:1.4rem 0 .4rem;color:var(--dim);text-transform:uppercase;letter-spacing:.06em}
p{margin:.5rem 0}a{color:var(--link)}small{font-size:.85em;color:var(--dim)}.dim{color:var(--dim)}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;z-index:3}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
nav{position:sticky;top:0;z-index:2;background:var(--card);border-block:1px solid var(--line);display:flex;gap:.25rem;overflow-x:auto;padding:0 max(1rem,calc((100vw - 76rem)/2 + 1rem))}
nav a{padding:.7rem .6rem;color:var(--text);text-decoration:none;white-space:nowrap;font-size:.95rem}nav a:hover{color:var(--link);text-decoration:underline}
section{margin:2.5rem 0}
section.gaps{border:2px solid var(--gap);border-radius:.75rem;padding:1.25rem 1.5rem;background:var(--card)}
section.gaps h2{color:var(--gap)}
code,pre{font-family:ui-monospace,"SF Mono","Cascadia Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.875em}
pre{margin:.3rem 0;padding:.75rem 1rem;background:var(--code);border:1px solid var(--line);border-radius:.5rem;white-space:pre-wrap;overflow:auto;max-height:32rem;line-height:1.5}
pre code{font-size:.83rem}
.diff code>*{display:block;padding:0 .6rem;text-decoration:none;margin:0 -.6rem}
del{background:var(--del);color:var(--delt);text-decoration:none}ins{background:var(--ins);color:var(--inst);text-decoration:none}
del mark{background:var(--delm);color:inherit;border-radius:2px}ins mark{background:var(--insm);color:inherit;border-radius:2px}
.note del,.note ins{padding:.05rem .4rem;border-radius:.25rem}.fold{color:var(--dim)}.note{font-size:.9rem;color:var(--dim)}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.25rem;margin:.75rem 0}.facts dt{color:var(--dim)}.facts dd{margin:0;min-width:0}
.facts.wide{grid-template-columns:repeat(auto-fit,minmax(19rem,1fr));gap:.9rem 2rem;padding:1.1rem 1.4rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem}
.facts.wide dt{font-size:.8rem;text-transform:uppercase;letter-spacing:.06em}
.facts.small{font-size:.875rem;border-top:1px solid var(--line);padding-top:.9rem;margin-top:1.4rem}
.warn{border-left:4px solid var(--high);padding:.4rem .9rem;background:var(--card)}
.tiles{list-style:none;display:grid;grid-template-columns:repeat(5,1fr);gap:.9rem;padding:0;margin:0 0 1.5rem}
.tile{background:var(--card);border:1px solid var(--line);border-top:4px solid var(--c,var(--line));border-radius:.6rem;padding:.7rem 1rem;color:var(--dim)}
.tile b{display:block;font-size:1.9rem;line-height:1.2;color:var(--c,var(--dim));font-variant-numeric:tabular-nums}.tile.gap a{color:inherit}
.sev-critical{--c:var(--crit)}.sev-high{--c:var(--high)}.sev-medium{--c:var(--med)}.sev-low{--c:var(--low)}.sev-other{--c:var(--other)}.gap{--c:var(--gap)}.ok{--c:var(--ok)}
.badge{display:inline-block;background:var(--c,var(--other));color:var(--on);border-radius:.3rem;padding:.05rem .5rem;font-size:.8rem;font-weight:650;white-space:nowrap}
.tag{border:1px solid var(--line);border-radius:.3rem;padding:0 .45rem;font-size:.8rem;color:var(--dim)}
.tags{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin:0}
.p-attack{--c:var(--crit)}.p-missing{--c:var(--high)}.p-removable{--c:var(--med)}.p-narrower{--c:var(--low)}.p-reached{--c:var(--ok)}.p-unreached,.p-may,.p-unknown{--c:var(--other)}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:.6rem;background:var(--card)}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:.55rem .8rem;border-top:1px solid var(--line);font-weight:400;min-width:4.5rem}#summary td:nth-child(2),#permissions td:last-child{min-width:14rem}#summary td:nth-child(3){min-width:12rem}td>code{display:inline-block;min-width:8rem}#summary td>code{min-width:11rem}#summary td:last-child{white-space:nowrap}#permissions td:nth-child(2){min-width:13rem}
thead th{border-top:0;color:var(--dim);font-size:.8rem;vertical-align:bottom;overflow-wrap:normal}
tbody th{font-weight:600}#functions tbody th{min-width:15rem}tbody th code,tbody th small{display:block;font-weight:400}td ul{margin:.25rem 0;padding-left:1.2rem}
.further td:nth-child(n+4){font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.8rem}
.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.cell{white-space:nowrap;color:var(--c,var(--dim));font-weight:600}.cell.off,.cell.ok{font-weight:400}
.bar{display:block;width:100%;height:.6rem;border-radius:.3rem;margin:.4rem 0 .7rem}.bar rect{fill:var(--c,var(--other))}
.finding{background:var(--card);border:1px solid var(--line);border-left:5px solid var(--c);border-radius:.6rem;padding:1.2rem 1.5rem;margin:1.25rem 0;content-visibility:auto;contain-intrinsic-size:auto 60rem;scroll-margin-top:3.6rem}
.finding:target{box-shadow:0 0 0 3px var(--link)}.finding h3{font-size:1.25rem;margin:.4rem 0 .8rem}.anchor{text-decoration:none;color:var(--dim)}
.path{list-style:none;display:flex;flex-wrap:wrap;gap:.6rem;padding:0;margin:.5rem 0;counter-reset:step}.path li{flex:1 1 11rem;background:var(--code);border:1px solid var(--line);border-radius:.5rem;padding:.5rem .8rem;position:relative}.path li+li::before{content:"→";position:absolute;left:-.72rem;top:.45rem;color:var(--dim);font-weight:700}.path small:first-child{display:block}
.source mark{background:var(--hit);color:inherit;font-weight:600}.no{color:var(--dim);user-select:none}.source mark .no{color:inherit}
.split{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:0 2.5rem;margin-bottom:1.5rem}.split h3{margin:.4rem 0 .5rem}
.chart{display:grid;grid-template-columns:minmax(0,max-content) minmax(6rem,1fr);gap:.35rem .9rem;margin:0;font-size:.92rem}.chart dd{margin:0;min-width:0;display:flex;align-items:center;gap:.6rem}.chart svg{flex:1;min-width:0;height:.7rem;border-radius:.2rem;background:var(--code)}.chart b{min-width:1.6rem;text-align:right;font-variant-numeric:tabular-nums}.chart rect,.trend rect{fill:var(--c,var(--other))}
.trend{display:block;width:100%;height:9rem;background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.8rem}.trend .axis{fill:var(--line)}
.at{font-weight:650}.fix{font-weight:500}.proof{font-size:.94rem}
details{margin:.6rem 0}details>.scroll{margin-top:.5rem}summary{cursor:pointer;color:var(--link);font-size:.92rem}
form{display:flex;flex-wrap:wrap;gap:.75rem 1.5rem;align-items:center;background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.7rem 1rem;font-size:.92rem}
form[hidden],.finding[hidden],tr[hidden]{display:none}
fieldset{border:0;padding:0;margin:0;display:flex;flex-wrap:wrap;gap:.2rem 1rem}legend{float:left;margin-right:1rem;color:var(--dim);padding:0}
input[type=search],select,button{font:inherit;color:inherit;background:var(--bg);border:1px solid var(--line);border-radius:.4rem;padding:.25rem .6rem;max-width:100%}
output{color:var(--dim)}
.copy{position:relative}.copy pre{padding-right:5.5rem}.copy button{position:absolute;top:.45rem;right:.45rem;font-size:.8rem;padding:.15rem .6rem;cursor:pointer;background:var(--card)}
footer{color:var(--dim);font-size:.875rem;padding-bottom:2.5rem}
@media screen and (max-width:44rem){.cover,main,footer{padding-left:1rem;padding-right:1rem}h1{font-size:1.6rem}.tiles{grid-template-columns:repeat(2,1fr)}.facts,.facts.wide{grid-template-columns:1fr;gap:.1rem}.facts.wide{gap:.8rem}.facts dd{margin-bottom:.5rem}.finding{padding:1rem}.tile:last-child{grid-column:1/-1}#not-tested thead,#permissions thead{display:none}:is(#not-tested,#permissions) :is(th,td){display:block;border:0;padding:.2rem .8rem}#permissions tr{display:block;padding:.5rem 0}#permissions tr+tr{border-top:1px solid var(--line)}#not-tested th{padding-top:.8rem}#not-tested td{padding-bottom:.6rem}section.gaps{padding:1rem}}
@media print{:root{--bg:#fff;--card:#fff}body{font-size:10pt}table{font-size:7.5pt}.scroll{overflow:visible}th,td,td>code,tbody th{min-width:0!important;padding:.25rem .35rem}thead th{overflow-wrap:anywhere;hyphens:auto;font-size:7pt}.num,.cell{white-space:normal}.badge{font-size:7pt}.split{gap:0 1.5rem}.chart{font-size:8.5pt}.path li{flex-basis:8rem}h1{font-size:18pt}h2{font-size:14pt}nav,form,.skip,.copy button,.anchor{display:none!important}.cover,main,footer{max-width:none;padding:0}pre{max-height:none;overflow:visible}.finding{content-visibility:visible;break-inside:auto}h2,h3,h4,tr{break-after:avoid}tr,.tile{break-inside:avoid}details::details-content{content-visibility:visible;block-size:auto}section.gaps{border-width:1px}.badge,del,ins,mark,rect{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`
