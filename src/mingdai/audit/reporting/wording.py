"""Every sentence of the report, in Chinese and English: `key: (zh, en)`.

The report is written where Django may not be installed, so its sentences do not go through
gettext; `Words` refuses a key that is not here.
"""

from __future__ import annotations

from mingdai.paper.speaking import Speaker

_TEXTS: dict[str, tuple[str, str]] = {
    "title": ("贷款流程审计报告", "Audit of a loan flow"),
    "other": ("English", "中文"),
    "verdict.fail": ("不通过", "Fail"),
    "verdict.pass": ("通过", "Pass"),
    "verdict.incomplete": ("无法下结论", "Incomplete"),
    "said.early": (
        "{hosts} 个第三方主机在用户同意之前拿到了{fields}",
        "{hosts} third-party host(s) got {fields} before the user had consented",
    ),
    "said.patterns": ("发现{patterns}", "found: {patterns}"),
    "said.grave": ("发现严重问题：{matters}", "grave matters: {matters}"),
    "said.graver": ("另有严重问题：{matters}", "further grave matters: {matters}"),
    "said.pass": (
        "本次走查没有看到第三方在用户同意之前拿到个人信息，也没有发现列入检查的违规做法",
        "no third party was seen to get personal information before consent, and no checked "
        "practice was found",
    ),
    "said.incomplete": (
        "采集不完整，所以不能说通过：{why}",
        "the capture is incomplete, so this cannot be called a pass: {why}",
    ),
    "said.after": (
        "同意之后另有 {hosts} 个第三方主机拿到个人信息",
        "{hosts} more third-party host(s) got personal information after consent",
    ),
    "fact.flow": ("受审流程", "Flow audited"),
    "fact.when": ("走查时间", "Walked"),
    "fact.ordered": ("委托人", "Ordered by"),
    "fact.hops": ("经过主机", "Hosts visited"),
    "fact.recipients": ("第三方接收主机", "Third-party recipients"),
    "fact.stop": ("停止原因", "Stopped because"),
    "hosts": ("{n} 个", "{n}"),
    "recipients.n": ("{n} 个，其中 {early} 个在同意之前", "{n}, {early} of them before consent"),
    "recipients.none": ("没有", "none"),
    "world": (
        "示例世界（.test 与本机），不需要委托",
        "test world (.test and loopback): no authority needed",
    ),
    "chain": ("导流链", "The chain"),
    "chain.lead": (
        "从上到下是来访者被带着走的路。实线箭头：人被带走；虚线箭头：只有数据过去，人没有过去。",
        "From top to bottom: where the visitor was led. Solid arrows moved the visitor; dashed "
        "arrows moved data alone.",
    ),
    "chain.label": ("导流链示意图：{text}", "The chain as a picture: {text}"),
    "hops": ("跳转清单", "List of jumps"),
    "hop.time": ("时间", "Time"),
    "hop.from": ("从", "From"),
    "hop.to": ("到", "To"),
    "hop.how": ("方式", "How"),
    "carrying": ("带去 {fields}", "carrying {fields}"),
    "from": ("来自 {number}", "from {number}"),
    "start": ("起点", "Start"),
    "again": ("回到 {number} {host}", "back to {number} {host}"),
    "more": ("（续）{host}", "{host} (continued)"),
    "held": ("被拦下，未发出", "held back, not sent"),
    "app": ("跳出浏览器，未跟随", "leaves the browser, not followed"),
    "shots": ("每一站的画面", "What each stop looked like"),
    "shots.lead": (
        "到达时的画面，按原样保存；画面本身不遮盖，可能显示植入的资料。",
        "Taken on arrival and kept as they are: pictures are not masked and may show planted "
        "values.",
    ),
    "shots.more": ("另有 {n} 幅在 screenshots/ 里。", "{n} more are in screenshots/."),
    "shot.none": ("没有画面", "no picture"),
    "matrix": ("谁拿到了什么", "Who got what"),
    "matrix.lead": (
        "每行一个接收主机，每列一个植入的字段。",
        "One row for each receiving host, one column for each planted field.",
    ),
    "matrix.recipient": ("接收主机", "Recipient"),
    "matrix.third": ("第三方", "Third parties"),
    "matrix.first": ("页面自己的公司", "The page's own company"),
    "matrix.held": ("试图发送，被拦下", "Attempts held back"),
    "matrix.none": ("没有看到个人信息离开浏览器。", "No personal information was seen to leave."),
    "mark.before": ("同意前", "before"),
    "mark.after": ("同意后", "after"),
    "mark.inferred": ("推断", "inferred"),
    "mark.held": ("拦下", "held back"),
    "legend": (
        "● 同意之前拿到　○ 同意之后拿到　◆ ◇ 推断（该主机显示了没有人发给它的资料）："
        "同意前、同意后　✕ 试图发送但被拦下",
        "● got it before consent   ○ after consent   ◆ ◇ inferred (the host shows what nobody "
        "sent it): before, after   ✕ tried to send, held back",
    ),
    "consent.rule": (
        "同意指：按下页面自己的按钮，而页面有同意框时该框已勾选。获取验证码不算同意。",
        "Consent is a press of the page's own button, with the consent box ticked where the page "
        "has one. Asking for a one-time code is no consent.",
    ),
    "checks": ("检查结果", "Checks"),
    "checks.none": ("列入检查的做法都没有发现。", "None of the checked practices was found."),
    "checks.absent": (
        "本次审计没有保存逐项检查的结果。",
        "This audit kept no results of single checks.",
    ),
    "checks.also": ("另外看到的（不构成指责）", "Also seen (no reproach)"),
    "checks.patterns": (
        "本次走查发现的做法：",
        "Practices found on this walk:",
    ),
    "severity.high": ("严重", "high"),
    "severity.medium": ("一般", "medium"),
    "severity.low": ("轻微", "low"),
    "severity.info": ("提示", "note"),
    "check.marks": (
        "依据后的标记：[V] 读过官方文本；[V2] 读过二手来源；[G] 一般知识。",
        "Marks of the law: [V] its own text was read; [V2] a secondary source; [G] general "
        "knowledge.",
    ),
    "check.law": ("依据", "Law"),
    "check.evidence": ("证据", "Evidence"),
    "check.fix": ("整改", "Fix"),
    "ref.step": ("步骤 {ref}", "step {ref}"),
    "ref.exchange": ("请求 {ref}", "request {ref}"),
    "ref.page": ("页面 {ref}", "page {ref}"),
    "ref.agreement": ("协议 {ref}", "agreement {ref}"),
    "ref.screenshot": ("画面 {ref}", "picture {ref}"),
    "ref.download": ("下载 {ref}", "download {ref}"),
    "findings": ("逐条发现", "Findings"),
    "findings.lead": (
        "每条都能从采集到的请求重新解码；值已遮盖。",
        "Each can be decoded again from the captured request; values are masked.",
    ),
    "findings.third": ("第三方拿到的", "What third parties got"),
    "findings.first": ("页面自己的公司拿到的", "What the page's own company got"),
    "finding.field": ("字段", "Field"),
    "finding.to": ("接收主机", "Recipient"),
    "finding.when": ("时点", "When"),
    "finding.where": ("在哪里", "Where"),
    "finding.decoded": ("解码", "Decoded"),
    "finding.value": ("得到", "Value"),
    "finding.left": (
        "只剩 {n} 个可能的值，可逐一试出",
        "{n} values remain, so all can be tried",
    ),
    "finding.unattributed": ("只有网络日志看到", "seen by the net log alone"),
    "finding.undeclared": ("未声明的接收方", "undeclared recipient"),
    "finding.plainly": ("未编码", "not encoded"),
    "unseen": ("没有看到的", "What could not be seen"),
    "unseen.complete": (
        "网络日志与浏览器事件逐条对上，没有已知的遗漏。",
        "Net log and browser events agree; nothing is known to be missing.",
    ),
    "unseen.incomplete": (
        "采集不完整，本报告不下“通过”的结论：",
        "The capture is incomplete; this report does not say “pass”:",
    ),
    "unseen.udp": (
        "{n} 字节经 UDP 离开，无法读取",
        "{n} bytes left over UDP and cannot be read",
    ),
    "unseen.netlog": (
        "缺少网络日志：离开的内容只依据浏览器事件",
        "the net log is missing: what left was taken from browser events alone",
    ),
    "unseen.unattributed": (
        "{n} 个请求只有网络日志看到，来自哪个页面是推断的：{hosts}",
        "{n} request(s) were seen by the net log alone; the page they came from is inferred: "
        "{hosts}",
    ),
    "unseen.opaque": (
        "{n} 段数据无法解读（例如密文），既不算发现也不算清白：{hosts}",
        "{n} blob(s) nobody can read, such as ciphertext: neither found nor cleared: {hosts}",
    ),
    "unseen.budget": (
        "{n} 个请求达到解码上限，可能没有读完",
        "{n} request(s) reached the decoding budget and may not have been read to the end",
    ),
    "unseen.apps": (
        "{n} 个跳出浏览器的链接没有跟随：{hosts}",
        "{n} link(s) out of the browser were not followed: {hosts}",
    ),
    "unseen.stop": (
        "走查在这里停下：{why}。之后的页面没有看。",
        "The walk stopped here: {why}. What comes after was not looked at.",
    ),
    "unseen.always1": (
        "服务器拿到资料之后怎么用、转给谁；除非另一个主机把它显示出来（列为推断）。",
        "What servers do with data once they have it, unless another host shows it (listed as "
        "inferred).",
    ),
    "unseen.always2": (
        "封闭的影子节点、画布上的图画；一次走查只是一位来访者在一个时刻看到的。",
        "Closed shadow roots and drawings on a canvas; one walk is one visitor at one moment.",
    ),
    "order": ("委托与边界", "Order and guards"),
    "order.by": ("委托人", "Ordered by"),
    "order.hosts": ("获准主机", "Hosts authorised"),
    "order.until": ("有效至", "In force until"),
    "order.contacts": ("联系方式归属", "Whose contacts"),
    "order.allowed": ("可导航和提交的主机", "May navigate and submit on"),
    "order.agent": ("浏览器标识", "User agent"),
    "order.planted": ("植入的资料（已遮盖）", "Planted identity (masked)"),
    "order.guards": ("边界", "Guards"),
    "order.guard": (
        "只填植入的资料；不填银行卡、不做人脸；下载的文件只取哈希、不运行；页面不放行之前什么都不勾选。",
        "Only planted values are typed; no bank card, no face; downloads are hashed and never run; "
        "nothing is ticked until the page refuses to go on.",
    ),
    "steps": ("走查步骤", "The walk, step by step"),
    "steps.n": ("{n} 步", "{n} steps"),
    "verify": ("怎么核对这份报告", "How to verify this report"),
    "verify.lead": (
        "证据目录里的每个文件（包括本报告）的 SHA-256 都写在 manifest.json 里。"
        "清单只证明文件没有变；要证明它是当时的那一份，须从别处知道清单自己的哈希（例如账本里的承诺）。",
        "The SHA-256 of every file in the evidence folder, this report included, is in "
        "manifest.json. The manifest proves that files have not changed; that they are the ones "
        "of that day is proven only where the manifest's own hash is known from elsewhere, such "
        "as a commitment in the ledger.",
    ),
    "verify.how": (
        "这条命令核对每个哈希，用浏览器的网络日志核对采集，逐条重新解码，并重新得出结论：",
        "This command checks every hash, checks the capture against the browser's net log, "
        "decodes every row again and reaches the verdict again:",
    ),
    "verify.from": ("本报告依据的文件", "Made from these files"),
    "verify.manifest": ("manifest.json 的 SHA-256", "SHA-256 of manifest.json"),
    "verify.later": (
        "封存在本报告之后，用 sha256sum manifest.json 查看",
        "sealed after this report; see sha256sum manifest.json",
    ),
    "foot": (
        "由 mingdai {version} 依据证据目录写成。不是法律意见。",
        "Written by mingdai {version} from the evidence folder. Not legal advice.",
    ),
    "page": ("第 {n} 页，共 {of} 页", "page {n} of {of}"),
    "none": ("无", "none"),
}


class Words(Speaker):
    """The sentences of one language."""

    __slots__ = ()
    texts = _TEXTS
