"""When a walk is over: at what must not be given, at an end, or at a limit."""

from __future__ import annotations

import re
from itertools import pairwise

from mingdai.audit.companies import bare_host
from mingdai.audit.visits import Stop
from mingdai.audit.walking.recognising import recognise
from mingdai.audit.walking.scenes import Scene
from mingdai.audit.walking.walker import Walker

REASONS = {
    "bank_card": "the page asks for a bank card; a walk never gives one",
    "face": "the page asks for a face or a picture of a document",
    "end": "the flow says it is finished",
    "dead_end": "nothing on the page leads on",
    "loop": "the same page came back a third time",
    "hops": "the limit of hops is reached",
    "time": "the limit of minutes is reached",
    "captcha": "the page asks for a puzzle made to keep machines out",
    "otp": "the page asks for a one-time code and the identity has none",
    "refused": "the guard refused the next address",
    "app": "the flow leaves the browser for an app",
    "download": "the flow ends in a download",
    "unreachable": "the address does not answer",
    "script": "the script is finished",
}
_FACE = re.compile(
    r"人脸|刷脸|扫脸|活体|面部识别|眨眨眼|拍摄身份证|上传身份证|身份证(正面|反面|照片|人像面)|face"
)
_FACE_BUTTON = re.compile(r"识别|拍摄|拍照|开始认证|去认证|刷脸|扫脸|上传|开始")
_END = re.compile(
    r"(申请|资料|信息|审核)?.{0,4}(提交成功|已提交|申请成功|已受理)|审核中|正在审核|审批中|等待审核|"
    r"(授信|申请|审批|放款)(成功|通过|完成)|额度(已|已经)(生成|到账|激活)|感谢您的(申请|信任)|"
    r"(保持|注意).{0,6}(手机|电话)畅通|(客服|专员|顾问|经理).{0,12}(联系您|与您联系|致电|来电)"
)
_PUZZLE = re.compile(r"拖动滑块|滑块验证|向右滑动|点选|拼图|captcha", re.IGNORECASE)
_MOST_SAME = 3


def must_stop(walker: Walker, scene: Scene) -> Stop | None:
    """Why this page is the last one; None where the walk goes on."""
    if walker.journal.clock() >= walker.deadline:
        return stop("time")
    if _hops(walker) >= walker.limits.hops:
        return stop("hops")
    for control in scene.controls:
        open_field = control.kind == "field" and control.flag("reach")
        if open_field and recognise(control)[0] == "bank_card" and not control.flag("disabled"):
            return stop("bank_card")
    if _asks_for_a_face(scene):
        return stop("face")
    if walker.recorder.refused and not bare_host(scene.url).count("."):
        return stop("refused")
    walker.states[scene.signature()] += 1
    if walker.states[scene.signature()] > _MOST_SAME + walker.effort[walker.number]:
        return way_out(walker) or stop("loop")
    return None


def way_out(walker: Walker) -> Stop | None:
    """Whether the page in front leads out of the browser: into an app or a download."""
    recorder = walker.recorder
    if any(link.page == walker.number for link in recorder.app_links):
        return stop("app")
    if any(page == walker.number for page, _, _ in recorder.downloads):
        return stop("download")
    return None


def says_finished(scene: Scene) -> bool:
    """Whether the page tells the borrower that the application is in."""
    return bool(_END.search(scene.text)) and not _fields(scene)


def asks_for_puzzle(scene: Scene) -> bool:
    """Whether a captcha stands in the way."""
    roles = [recognise(each)[0] for each in scene.controls if each.kind == "field"]
    return "captcha" in roles or bool(_PUZZLE.search(scene.text))


def stop(code: str) -> Stop:
    """The stop of that code, with its sentence."""
    return Stop(code, REASONS[code])


def _fields(scene: Scene) -> int:
    return sum(1 for each in scene.controls if each.kind in {"field", "select", "picker"})


def _asks_for_a_face(scene: Scene) -> bool:
    if _fields(scene) or not _FACE.search(scene.text):
        return False
    files = any(each.kind == "file" for each in scene.controls)
    buttons = any(_FACE_BUTTON.search(each.text("text")) for each in scene.reachable)
    return files or "video" in scene.pictures or buttons


def _hops(walker: Walker) -> int:
    hosts = [bare_host(each.url) for each in walker.recorder.documents]
    return sum(1 for one, two in pairwise(hosts) if one != two)
