# ruff: noqa: E501 - lines of HTML and script
"""Every channel a page can send by, in one flow: what the capture has of what the servers got.

`python -m tests.audit.world.channels` walks it and prints one row for each channel: requests the
servers logged, how many of them the capture has with the same address and the same body, how many
browser events told of, how many only the net log saw, and whether the planted value was found.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mingdai.audit.visiting import parse_visit
from mingdai.audit.visits import Exchange, Visit
from mingdai.cli.audit_walk import add_walk_parser, run_walk
from tests.audit.corpus import people
from tests.audit.world.pages import plain_page
from tests.audit.world.serving import Got, Reply, World

START, TRACKER, FRAMED, POPPED, NEXT = (
    "localhost",
    "t.tracker.test",
    "f.framed.test",
    "p.popped.test",
    "n.next.test",
)
APP = "intent://apply?m={}#Intent;scheme=loanapp;package=cn.example.loan;end"
GONE = (
    "addEventListener('pagehide',()=>{navigator.sendBeacon(T+'PREFIX-beacon','v='+M);"
    "fetch(T+'PREFIX-keepalive',{method:'POST',body:'v='+M,keepalive:true,mode:'no-cors'});"
    "fetch(T+'PREFIX-blob',{method:'POST',body:new Blob(['v='+M]),keepalive:true,mode:'no-cors'})});"
)
SEND = r"""
const post=(name,body,more)=>fetch(T+name,{method:'POST',body,mode:'no-cors',...more}).catch(()=>0);
const node=(tag,facts)=>{const e=Object.assign(document.createElement(tag),facts);document.body.append(e);return e};
async function fire(){
 post('fetch','v='+M);post('fetch-keepalive','v='+M,{keepalive:true});post('fetch-blob',new Blob(['v='+M]));
 const form=new FormData();form.append('v',M);form.append('f',new Blob(['v='+M]),'a.bin');post('multipart-blob',form);
 post('fetch-bytes',new TextEncoder().encode('v='+M));
 const zip=await new Response(new Blob(['v='+M]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();post('fetch-gzip',zip);
 const x=new XMLHttpRequest();x.open('POST',T+'xhr');x.send('v='+M);
 navigator.sendBeacon(T+'beacon','v='+M);navigator.sendBeacon(T+'beacon-blob',new Blob(['v='+M],{type:'text/plain'}));
 new Image().src=T+'img-pixel?v='+M;node('script',{src:T+'script?v='+M});node('link',{rel:'stylesheet',href:T+'stylesheet?v='+M});
 node('link',{rel:'prefetch',href:T+'prefetch?v='+M});node('object',{data:T+'object?v='+M});
 node('a',{href:'#here',ping:T+'ping?v='+M,textContent:'.'}).click();
 new EventSource(T+'event-source?v='+M);
 const w=new WebSocket((T+'socket').replace('http','ws'));w.onopen=()=>{w.send('v='+M);w.send(new TextEncoder().encode('b='+M))};
 const b=new Blob(['onmessage=e=>fetch(e.data[0],{method:"POST",body:e.data[1],mode:"no-cors"})'],{type:'text/javascript'});new Worker(URL.createObjectURL(b)).postMessage([T+'worker','v='+M]);
 new SharedWorker('/shared.js').port.postMessage([T+'shared-worker','v='+M]);
 if(navigator.serviceWorker)navigator.serviceWorker.register('/sw.js').then(()=>navigator.serviceWorker.ready).then(r=>r.active.postMessage([T+'service-worker','v='+M]));
 const f=node('iframe',{src:FRAME+'/b/frame?v='+M,width:40,height:40});
 const hidden=node('iframe',{name:'sink',style:'display:none'});const g=node('form',{method:'post',action:T+'form-in-frame',target:'sink'});g.append(Object.assign(document.createElement('input'),{name:'v',value:M}));g.submit();
 new Image().src=T+'redirect?v='+M;
 setTimeout(()=>node('a',{href:T+'download?v='+M,download:'a.bin',textContent:'.'}).click(),500);
 setTimeout(()=>location.href=APP.replace('{}',M),3000);
 setTimeout(()=>window.open(POP+'/b/popup?v='+M),3600);
 setTimeout(()=>window.open(POP+'/b/popup-noopener?v='+M,'_blank','noopener'),4200);
}
function move(){const f=node('form',{method:'post',action:NEXT+'/b/form-307'});f.append(Object.assign(document.createElement('input'),{name:'v',value:M}));f.submit()}
"""
CHANNELS = (
    *("fetch", "fetch-keepalive", "fetch-blob", "fetch-bytes", "fetch-gzip", "multipart-blob"),
    *("xhr", "beacon", "beacon-blob", "img-pixel", "script", "stylesheet", "object", "ping"),
    *("event-source", "socket", "socket frame", "worker", "shared-worker", "service-worker"),
    *("frame", "fetch-of-frame", "form-in-frame", "redirect", "redirected", "form-307", "carried"),
    *("popup", "popup-noopener", "closed-popup-beacon", "closed-popup-keepalive", "download"),
    *("unload-beacon", "unload-keepalive", "unload-blob", "app link (kept whole)"),
)
"""What every walk of it must meet; a prefetch is at the browser's discretion."""
WORKER = "onconnect=e=>{e.ports[0].onmessage=m=>fetch(m.data[0],{method:'POST',body:m.data[1],mode:'no-cors'})}"
SERVICE = (
    "oninstall=()=>skipWaiting();onactivate=e=>e.waitUntil(clients.claim());"
    "onmessage=e=>e.waitUntil(fetch(e.data[0],{method:'POST',body:e.data[1],mode:'no-cors'}))"
)


@dataclass(frozen=True)
class Row:
    """One channel: what the servers logged and what the capture has of it."""

    channel: str
    got: int
    captured: int
    whole: int
    told: int
    wire_only: int
    found: bool

    @property
    def complete(self) -> bool:
        return 0 < self.got <= self.captured and self.whole == self.got and self.found


def set_up(world: World, mobile: str) -> None:
    """The companies and their pages; every page knows the value it is to send."""
    told = f"const M='{mobile}',T='{world.url(TRACKER, '/b/')}',FRAME='{world.url(FRAMED, '')}',POP='{world.url(POPPED, '')}',NEXT='{world.url(NEXT, '')}',APP='{APP}';"
    first = f"""<!doctype html><html><head><meta charset="utf-8"><title>示例</title></head><body><p><label>手机号<input id="m" type="tel" name="mobile"></label></p>
<button onclick="if(m.value){{this.remove();fire();setTimeout(()=>document.body.append(Object.assign(document.createElement('button'),{{textContent:'下一步',onclick:move}})),4800)}}">立即申请</button>
<script>{told}{SEND}{GONE.replace("PREFIX", "unload")}</script></body></html>"""
    world.page(START, "/", first)
    world.page(START, "/shared.js", Reply(WORKER, kind="text/javascript"))
    world.page(START, "/sw.js", Reply(SERVICE, kind="text/javascript"))
    own = f"<script>{told}{SEND}post('fetch-of-frame','v='+M)</script>"
    world.page(FRAMED, "/b/frame", f"<!doctype html><body>.{own}</body>")
    for name in ("popup", "popup-noopener"):
        closing = f"<script>{told}{GONE.replace('PREFIX', f'closed-{name}')}</script>"
        world.page(POPPED, f"/b/{name}", plain_page("完成", "您的申请已提交", closing))
    world.page(
        TRACKER, "/b/redirect", lambda got: _moved(world, got, 302, TRACKER, "/b/redirected")
    )
    world.page(NEXT, "/b/form-307", lambda got: _moved(world, got, 307, FRAMED, "/b/carried"))
    world.page(FRAMED, "/b/carried", plain_page("提交成功", "您的申请已提交，正在审核中"))
    world.page(
        TRACKER,
        "/b/download",
        Reply("data", headers={"Content-Disposition": "attachment; filename=a.bin"}),
    )


def _moved(world: World, got: Got, status: int, host: str, path: str) -> Reply:
    query = got.path.partition("?")[2]
    target = world.url(host, path) + (f"?{query}" if query else "")
    return Reply("", status, headers={"Location": target})


def walk(folder: Path, seed: int = 1) -> list[Row]:
    """Walk it with the command itself, and set the capture beside the servers' log."""
    rng = random.Random(seed)  # noqa: S311 - made-up people
    mobile = people.mobile(rng)
    with World() as world:
        set_up(world, mobile)
        identity = folder / "identity.json"
        identity.write_text(json.dumps({"fields": {"mobile": mobile}}), encoding="utf-8")
        parser = argparse.ArgumentParser()
        add_walk_parser(parser.add_subparsers(dest="verb"))
        call = ["walk", world.url(START), "--identity", str(identity), "--allow", "*.test"]
        call += ["--allow", START, "--minutes", "1.5", "--no-report", "-o", str(folder / "out")]
        with (folder / "said.txt").open("w") as said, contextlib.redirect_stdout(said):
            run_walk(parser.parse_args(call))
        text = (folder / "out" / "visit.json").read_text(encoding="utf-8")
        findings = json.loads((folder / "out" / "findings.json").read_text(encoding="utf-8"))
        return rows_of(world, parse_visit(json.loads(text)), findings, mobile)


def rows_of(world: World, visit: Visit, findings: dict, mobile: str) -> list[Row]:
    """One row for each channel, in the order of the servers' log; the app link last."""
    logged: dict[str, list[Got]] = defaultdict(list)
    for each in world.log:
        logged[_channel(each.path, each.method)].append(each)
    sent = [each for each in visit.exchanges if each.sent]
    carriers = {name for row in findings["egress"] for name in row["requests"]}
    rows = [_row(name, got, sent, carriers) for name, got in sorted(logged.items())]
    links = [each for each in visit.app_links if each.url == APP.format(mobile)]
    return [*rows, Row("app link (kept whole)", 1, len(links), len(links), len(links), 0, True)]


def _channel(path: str, method: str) -> str:
    named = re.match(r"/b/([a-z0-9-]+)", path)
    name = named[1] if named else "pages, scripts, icons"
    return name + (" frame" if method == "FRAME" else "")


def _row(name: str, got: list[Got], sent: list[Exchange], carriers: set[str]) -> Row:
    own = [each for each in sent if _channel(_path(each), _method(each)) == name]
    have = Counter((_method(each), _path(each)) for each in own)
    whole = Counter((_method(each), _path(each), each.body) for each in own)
    need = Counter((each.method, each.path) for each in got)
    full = Counter((each.method, each.path, each.body) for each in got)
    carries = name not in {"pages, scripts, icons", "socket"}
    return Row(
        channel=name,
        got=len(got),
        captured=(have & need).total(),
        whole=(whole & full).total(),
        told=sum("page" in each.seen_by for each in own),
        wire_only=sum(each.seen_by == ("wire",) for each in own),
        found=not carries or any(each.request_id in carriers for each in own),
    )


def _method(exchange: Exchange) -> str:
    return "FRAME" if exchange.kind == "ws_frame" else exchange.method


def _path(exchange: Exchange) -> str:
    bare = exchange.url.partition("#")[0].partition("://")[2]
    return "/" + bare.partition("/")[2]


HEAD = (
    f"{'channel':28}{'servers':>8}{'captured':>9}{'whole':>6}{'events':>7}{'wire only':>10}  value"
)


def table_of(rows: list[Row]) -> Iterator[str]:
    """The lines a person reads."""
    yield HEAD
    for row in rows:
        counts = f"{row.got:8}{row.captured:9}{row.whole:6}{row.told:7}{row.wire_only:10}"
        yield f"{row.channel:28}{counts}  {'found' if row.found else 'MISSED'}"
    missed = sum(row.got - row.captured for row in rows)
    broken = sum(row.captured - row.whole for row in rows)
    total = sum(row.got for row in rows)
    yield f"{total} requests, {missed} not captured, {broken} not whole, in {len(rows)} channels"


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        rows = walk(Path(folder))
    sys.stdout.write("\n".join(table_of(rows)) + "\n")
    return 0 if all(row.complete for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
