"""A stable code, turned into a sentence for an employee; what borrowers meet too is said alike."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingdai.web.sentences import sentence

SENTENCES: dict[str, Promise | str] = {
    "console.not_found": _("没有这条记录，或者您的角色看不到它。"),
    "staff.not_your_role": _("您的角色没有这项权限。需要的话，请找合规人员。"),
    "login.refused": _("登录名、密码或动态码不对；每个动态码只能用一次，请换下一个再试。"),
    "login.locked": _("失败次数太多，请 15 分钟后再试。"),
    "login.enrol_first": _("一次性密码正确，请先设置自己的密码和动态码。"),
    "enrolment.over": _("没有等待完成的设置，或一次性密码已过期。请找管理员重置。"),
    "enrolment.wrong_code": _("动态码不对：请核对手机时间，输入下一个动态码。"),
    "enrolment.differs": _("两次输入的密码不一样。"),
    "staff.weak_password": _("密码太弱：至少 8 位，不能全是数字，不能是常见密码或一次性密码。"),
    # tickets
    "ticket.subject_id": _("没有这份申请，请核对申请编号。"),
    "ticket.reason": _("请写明理由，1 到 200 字。"),
    "ticket.reason_personal": _("理由里不能写电话、证件号、邮箱等个人信息，请只写申请编号。"),
    "ticket.fields": _("请至少选一项要查看的资料。"),
    "ticket.no_assignee": _("这位同事不能处理工单：只能分给在职的运营或合规人员。"),
    "ticket.two_people": _("不能把自己开的工单分给自己：查看资料总要经过两个人。"),
    "ticket.missing": _("这项查看没有对应的工单。"),
    "ticket.closed": _("这张工单已关闭或到期。"),
    "ticket.other_assignee": _("这张工单不在您名下，不能查看。"),
    "ticket.other_fields": _("这张工单不包括这项资料。"),
    "vault.missing_field": _("没有保存这项资料，或已过保存期。"),
    "vault.erased": _("借款人已删除账户，资料不再存在。"),
    "reveal.stale": _("确认已失效或已用过：每次查看都要重新确认。"),
    # deliveries
    "dead_letter.none": _("这条记录已不是死信，或密封件已清空，不能重发。"),
    "envelope.empty": _("密封件已清空，无法发送。"),
    "adapter.field": _("这类接口不能传递其中的资料。"),
    "adapter.unknown": _("没有登记这类接口。"),
    "http.timeout": _("对方没有在 5 秒内应答。"),
    "http.unreachable": _("连不上对方。"),
    "http.422": _("对方拒收：凭证或密封件没有通过对方的核对。"),
    "http.404": _("对方的接收地址不存在。"),
    "http.401": _("对方不认平台的身份。"),
    "http.500": _("对方系统出错。"),
    "http.502": _("对方的网关出错。"),
    "http.503": _("对方暂时停止服务。"),
    "http.504": _("对方的网关没有等到应答。"),
    "countersignature.missing": _("对方收下了，但没有签收。"),
    "countersignature.flawed": _("对方收下了，但签收的签名不对。"),
    "acknowledgement.missing": _("对方收到了删除通知，但没有签名确认。"),
    "consent.withdrawn": _("借款人已撤回同意。"),
    "consent.expired": _("同意已到期。"),
    "borrower.erased": _("借款人已删除账户。"),
    "recipient.suspended": _("机构已暂停合作，恢复后自动继续。"),
    "staff.cancelled": _("由员工取消。"),
    # partners
    "partner.reason": _("请写明理由，4 到 300 字。"),
    "partner.no_licence": _("缺少有效的牌照。"),
    "partner.no_contract": _("缺少合同。"),
    "partner.not_assessed": _("缺少个人信息保护影响评估。"),
    "sender.not_proposed": _("这个域名没有在等待决定：请刷新列表。"),
    # audits
    "audit.url": _("请写完整的网址，以 http:// 或 https:// 开头。"),
    "audit.partner": _("没有这家机构。"),
    "audit.max_hops": _("跳转次数请填 1 到 20。"),
    "audit.minutes": _("时间请填 1 到 15 分钟。"),
    "audit.person": _("至少植入一项资料，每项不超过 120 字。"),
    "audit.id_region": _("身份证号必须用不存在的地区码 999999，不能用真人的。"),
    "audit.authority": _("这个网址不在示例世界里：请写明委托人。"),
    "audit.authority_hosts": _("获准的主机没有包括起点和许可的每一个主机。"),
    "audit.authority_until": _("请写明委托书有效到哪一天，必须在今天之后。"),
    "audit.contact_owner": _("请写明手机号和邮箱属于谁：审计方自己，或同意参与的成年人。"),
    "audit.over": _("这次审计已经结束。"),
    "audit.no_extra": _("没有安装审计组件：请运行 make setup。"),
    "audit.no_chromium": _("没有安装 Chromium：请运行 make setup，或安装软件包 chromium。"),
    "audit.lost": _("审计进程中断了两次，没有结论。"),
    "audit.too_long": _("超过了时限，已停止。"),
    "audit.crashed": _("走查程序出错，没有结论。"),
    "audit.unreadable": _("证据读不出来，没有结论。"),
    "walk.authority": _("走查程序拒绝：这个主机要有委托书。"),
    "walk.authority_hosts": _("走查程序拒绝：委托书没有包括每一个主机。"),
    "walk.authority_ended": _("走查程序拒绝：委托书已到期。"),
    "walk.contact_owner": _("走查程序拒绝：没有写明手机号或邮箱属于谁。"),
    "walk.address_range": _("走查程序拒绝：主机在内网地址段，要在许可的主机里写明地址。"),
    "walk.browser": _("浏览器没有启动。"),
    # the ledger's own verifier
    "checkpoint.missing": _("账本还没有检查点。"),
    "checkpoint.unsigned": _("检查点的签名不对。"),
    "policy.quorum": _("见证方的签名不够。"),
    "source.changed": _("核对时文件在变化，请再核对一次。"),
    "consistency.size": _("账本比上次核对时短了：有记录被抹掉。"),
    "consistency.root": _("账本的历史和上次核对时不一致。"),
    "ledger.root": _("条目算出的根和检查点不一致。"),
    "bundle.missing": _("缺少条目文件。"),
    "bundle.mismatch": _("条目文件前后不一致。"),
    "tile.mismatch": _("哈希文件和条目不一致。"),
    "tile.missing": _("缺少哈希文件。"),
}


def tell(code: str) -> str:
    """The sentence of `code` for an employee, in the language of the request."""
    found = SENTENCES.get(code)
    return sentence(code) if found is None else str(found)


def is_told(code: str) -> bool:
    """Whether the console has a sentence of its own for `code`."""
    return code in SENTENCES
